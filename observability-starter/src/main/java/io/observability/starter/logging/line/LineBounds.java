package io.observability.starter.logging.line;

/**
 * Bounds of one line that grow and shrink with its longest length, in UTF-8 bytes. The
 * fields end at {@link #fieldsEnd}, the last of them may add one {@link #string}, and
 * {@link #stack} follows. Whatever does not fit then is cut at the end of the line, and a
 * line that is too long all the same becomes a minimal one. Immutable.
 */
final class LineBounds {

    /** The longest line, with its end. */
    final int line;

    final int message;

    final int fieldsEnd;

    /**
     * Fields of the context, which are encoded before the place of the message is known.
     */
    final int context;

    /** Text of one value. */
    final int string;

    /** Names of markers together, and what a message leaves for an exception. */
    final int tags;

    /** Message of one exception. */
    final int errorMessage;

    final int stack;

    LineBounds(int line) {
        this.line = line;
        this.message = line / 8 * 3;
        this.fieldsEnd = line / 32 * 19;
        this.context = this.fieldsEnd - this.message;
        this.string = line / 8;
        this.tags = line / 16;
        this.errorMessage = Math.min(LineLimits.ERROR_MESSAGE, line / 8);
        this.stack = StackOptions.mostBytes(line);
    }

}
