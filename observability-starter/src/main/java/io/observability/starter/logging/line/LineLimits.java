package io.observability.starter.logging.line;

/**
 * Bounds that are the same for each line, in UTF-8 bytes unless named otherwise;
 * {@link LineBounds} has those that go with its length.
 */
final class LineLimits {

    /** The part of a line that its exception may take is one divided by this. */
    static final int STACK_SHARE = 4;

    /**
     * The names of the members of a line together, so that the shortest line has room for
     * more than them.
     */
    static final int NAMES = 4096;

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

    private LineLimits() {
    }

}
