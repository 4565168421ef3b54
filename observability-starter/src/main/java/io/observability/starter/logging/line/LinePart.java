package io.observability.starter.logging.line;

/**
 * What stands around the value of one of the line's own members.
 */
final class LinePart {

    /** Comma, name and colon, and the start of the object around it if it has one. */
    final byte[] before;

    /** End of the object around it. */
    final byte[] after;

    /** Whether it stands in the object that takes the caller's fields. */
    final boolean inside;

    LinePart(byte[] before, byte[] after, boolean inside) {
        this.before = before;
        this.after = after;
        this.inside = inside;
    }

}
