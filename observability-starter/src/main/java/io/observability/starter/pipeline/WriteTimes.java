package io.observability.starter.pipeline;

/**
 * How long a destination takes to write.
 *
 * @param count number of writes, each of one batch
 * @param totalNanos sum of their times in nanoseconds
 * @param maxNanos time of the slowest in nanoseconds
 * @param lastNanos time of the last one in nanoseconds
 * @since 0.1.0
 */
public record WriteTimes(long count, long totalNanos, long maxNanos, long lastNanos) {

    /** Nothing was written yet. */
    public static final WriteTimes NONE = new WriteTimes(0, 0, 0, 0);

}
