package io.observability.starter.logging.line;

/**
 * The class name of an exception as it is written, with what it adds to the hash.
 * Immutable.
 */
final class ThrowableName {

    final String name;

    /** The name as a JSON string, with its quotes. */
    final byte[] quoted;

    final int hash;

    ThrowableName(String name, byte[] quoted) {
        this.name = name;
        this.quoted = quoted;
        this.hash = StackHash.stable(name);
    }

}
