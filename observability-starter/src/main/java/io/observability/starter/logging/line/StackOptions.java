package io.observability.starter.logging.line;

import java.util.List;

/**
 * How much of an exception is written, and in which order.
 *
 * @param maxFrames the most frames of one exception, from 1 to 256
 * @param maxBytes the most bytes of all of it, from 1,024 to 262,144, and never more than
 * a quarter of the longest line; the classes of the causes that no longer fit are written
 * still
 * @param rootCauseFirst whether the root cause comes first and what wraps it follows
 * @param collapsedPackages beginnings of class names whose frames, where several follow
 * each other, are written as their number
 * @since 0.1.0
 */
public record StackOptions(int maxFrames, int maxBytes, boolean rootCauseFirst, List<String> collapsedPackages) {

    private static final int MAX_BYTES = mostBytes(LineOptions.MAX_LINE);

    private static final StackOptions STANDARD = new StackOptions(LineLimits.FRAMES,
            mostBytes(LineOptions.DEFAULT_LINE), false, List.of());

    public StackOptions {
        if (maxFrames < 1 || maxFrames > LineLimits.FRAMES) {
            throw new IllegalArgumentException(
                    "maxFrames is " + maxFrames + " but must be from 1 to " + LineLimits.FRAMES);
        }
        if (maxBytes < 1024 || maxBytes > MAX_BYTES) {
            throw new IllegalArgumentException("maxBytes is " + maxBytes + " but must be from 1024 to " + MAX_BYTES);
        }
        collapsedPackages = List.copyOf(collapsedPackages);
    }

    /**
     * All frames up to the bounds of a line, the outermost exception first.
     * @return the options
     */
    public static StackOptions standard() {
        return STANDARD;
    }

    /**
     * Most bytes that an exception may take of a line.
     * @param maxLine the longest line in bytes
     * @return a quarter of it
     */
    public static int mostBytes(int maxLine) {
        return maxLine / LineLimits.STACK_SHARE;
    }

    boolean isCollapsed(String type) {
        for (int i = 0; i < this.collapsedPackages.size(); i++) {
            if (type.startsWith(this.collapsedPackages.get(i))) {
                return true;
            }
        }
        return false;
    }

}
