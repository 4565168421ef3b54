package io.observability.starter.logging.line;

import ch.qos.logback.classic.spi.StackTraceElementProxy;
import org.jspecify.annotations.Nullable;

/**
 * Frames of a stack trace that follow each other, as they are written, with what they add
 * to the hash. Immutable, so that threads may share it without a lock.
 */
final class FrameRun {

    private static final int NAMES = 3;

    /** The frames inside of a JSON string, one behind the other. */
    final byte[] bytes;

    // Class, method and file of each frame.
    private final @Nullable String[] names;

    private final int[] lines;

    private final int factor;

    private final int summand;

    FrameRun(StackTraceElementProxy[] trace, int from, int to, FrameCache cache) {
        LineBuffer out = new LineBuffer((to - from) * 128);
        this.names = new String[(to - from) * NAMES];
        this.lines = new int[to - from];
        int power = 1;
        int sum = 0;
        for (int i = from, name = 0; i < to; i++) {
            StackTraceElement element = trace[i].getStackTraceElement();
            this.names[name++] = element.getClassName();
            this.names[name++] = element.getMethodName();
            this.names[name++] = element.getFileName();
            this.lines[i - from] = element.getLineNumber();
            StackFrame frame = cache.get(element);
            out.put(frame.bytes);
            // The hash is a polynomial, so that what many frames do to it is one step.
            power = StackHash.withFrame(power, frame) - StackHash.withFrame(0, frame);
            sum = StackHash.withFrame(sum, frame);
        }
        this.bytes = out.toByteArray();
        this.factor = power;
        this.summand = sum;
    }

    int size() {
        return this.lines.length;
    }

    /**
     * Add the frames to a hash, as {@link StackHash#withFrame} does one by one.
     * @param hash the hash of what stands before them
     * @return the hash
     */
    int addTo(int hash) {
        return this.factor * hash + this.summand;
    }

    /**
     * Whether these are the frames of a part of a trace, each of them.
     * @param trace the trace
     * @param from the index of the part's first frame
     * @param to the index after its last frame
     * @return whether they are
     */
    boolean isOf(StackTraceElementProxy[] trace, int from, int to) {
        int[] lines = this.lines;
        if (to - from != lines.length) {
            return false;
        }
        @Nullable String[] names = this.names;
        for (int i = 0, name = 0; i < lines.length; i++, name += NAMES) {
            StackTraceElement element = trace[from + i].getStackTraceElement();
            if (element.getLineNumber() != lines[i] || !isSame(element.getMethodName(), names[name + 1])
                    || !isSame(element.getClassName(), names[name])
                    || !isSame(element.getFileName(), names[name + 2])) {
                return false;
            }
        }
        return true;
    }

    // Names come from the virtual machine, which shares them: they are nearly always the
    // same objects.
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(@Nullable String name, @Nullable String known) {
        return name == known || (name != null && name.equals(known));
    }

}
