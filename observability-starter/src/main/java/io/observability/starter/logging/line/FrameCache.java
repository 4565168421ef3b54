package io.observability.starter.logging.line;

import org.jspecify.annotations.Nullable;

/**
 * Frames that were written before. The same failure comes again and again, and different
 * ones share most of their frames. A table of a fixed size in which a new frame takes the
 * place of an old one; threads race for the places, which costs a frame written anew and
 * nothing else, since frames are immutable. Holds at most 4,096 frames of at most 512
 * bytes, about half a megabyte in practice.
 */
final class FrameCache {

    /** One for all writers: they write the same failures. */
    static final FrameCache SHARED = new FrameCache(4096, 512);

    private final @Nullable StackFrame[] table;

    private final int maxBytes;

    /**
     * Create a cache.
     * @param size the number of frames, a power of two
     * @param maxBytes the bytes of a frame above which it is not kept
     */
    FrameCache(int size, int maxBytes) {
        this.table = new StackFrame[size];
        this.maxBytes = maxBytes;
    }

    StackFrame get(StackTraceElement frame) {
        String type = frame.getClassName();
        String method = frame.getMethodName();
        String file = frame.getFileName();
        int line = frame.getLineNumber();
        int hash = (type.hashCode() * 31 + method.hashCode()) * 31 + line;
        // Lines of one method differ by little; the golden ratio spreads them.
        int slot = (hash * 0x9e3779b9) >>> 8 & (this.table.length - 1);
        StackFrame first = this.table[slot];
        if (first != null && first.isOf(type, method, file, line)) {
            return first;
        }
        StackFrame second = this.table[slot ^ 1];
        if (second != null && second.isOf(type, method, file, line)) {
            return second;
        }
        return add(frame, (first != null) ? slot ^ 1 : slot);
    }

    private StackFrame add(StackTraceElement frame, int slot) {
        StackFrame made = new StackFrame(frame);
        if (made.bytes.length <= this.maxBytes) {
            this.table[slot] = made;
        }
        return made;
    }

}
