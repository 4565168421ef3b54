package io.observability.starter.logging.line;

/**
 * Bounds of one line, in UTF-8 bytes unless named otherwise. Together they keep a line
 * under {@link #LINE}: the fields end at {@link #FIELDS_END}, the last of them may add
 * one {@link #STRING}, and {@link #STACK} follows. A string is cut after the chunk that
 * crosses its bound, hence up to {@link #CHUNK_CHARS} times 6 bytes later.
 */
final class LineLimits {

    static final int LINE = 256 * 1024;

    static final int MESSAGE = 96 * 1024;

    static final int FIELDS_END = 152 * 1024;

    /**
     * Fields of the context, which are encoded before the place of the message is known.
     */
    static final int CONTEXT = FIELDS_END - MESSAGE;

    static final int STRING = 32 * 1024;

    static final int STACK = 64 * 1024;

    /** Logger, thread, ids, service, names of exceptions and markers. */
    static final int NAME = 1024;

    /** Message of one exception. */
    static final int ERROR_MESSAGE = 8 * 1024;

    static final int KEY_CHARS = 256;

    static final int CHUNK_CHARS = 512;

    /** Maps and collections inside each other. */
    static final int DEPTH = 8;

    /** Elements of one map, collection or array. */
    static final int ELEMENTS = 256;

    /** Values of all fields of a line together. */
    static final int VALUES = 8192;

    static final int TAGS = 64;

    /** Frames of one exception. */
    static final int FRAMES = 256;

    /** Causes written from the outermost on; the root cause comes on top. */
    static final int CAUSES = 24;

    static final int SUPPRESSED = 8;

    static final int SUPPRESSED_DEPTH = 3;

    /** A buffer that grew above this is not kept. */
    static final int KEPT_BUFFER = 64 * 1024;

    private LineLimits() {
    }

}
