package io.observability.starter.logging.line;

import java.util.List;

/**
 * How much of an exception is written, and in which order.
 *
 * @param maxFrames the most frames of one exception, from 1 to 256
 * @param maxBytes the most bytes of all of it, from 1,024 to 65,536; the classes of the
 * causes that no longer fit are written still
 * @param rootCauseFirst whether the root cause comes first and what wraps it follows
 * @param collapsedPackages beginnings of class names whose frames, where several follow
 * each other, are written as their number
 * @since 0.1.0
 */
public record StackOptions(int maxFrames, int maxBytes, boolean rootCauseFirst, List<String> collapsedPackages) {

    private static final StackOptions STANDARD = new StackOptions(LineLimits.FRAMES, LineLimits.STACK, false,
            List.of());

    public StackOptions {
        if (maxFrames < 1 || maxFrames > LineLimits.FRAMES) {
            throw new IllegalArgumentException(
                    "maxFrames is " + maxFrames + " but must be from 1 to " + LineLimits.FRAMES);
        }
        if (maxBytes < 1024 || maxBytes > LineLimits.STACK) {
            throw new IllegalArgumentException(
                    "maxBytes is " + maxBytes + " but must be from 1024 to " + LineLimits.STACK);
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

    boolean isCollapsed(String type) {
        for (int i = 0; i < this.collapsedPackages.size(); i++) {
            if (type.startsWith(this.collapsedPackages.get(i))) {
                return true;
            }
        }
        return false;
    }

}
