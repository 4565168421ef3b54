package io.observability.starter.logging.delivery;

import java.time.Duration;

/**
 * How lines are handed over to their destination.
 *
 * @param asynchronous whether a thread of its own writes; otherwise the caller does
 * @param whenFull what happens to a line that finds no room
 * @param ringBytes memory for lines that wait, in bytes, from 256 KiB to 256 MiB; a
 * sixteenth of it is the longest line
 * @param maxWait how long a line may wait for room
 * @param maxErrorWait how long the caller of an urgent line waits until it is written
 * @param shutdownTimeout how long closing waits for what is queued
 * @since 0.1.0
 */
public record DeliverySettings(boolean asynchronous, FullPolicy whenFull, int ringBytes, Duration maxWait,
        Duration maxErrorWait, Duration shutdownTimeout) {

    /** Fewest bytes of a ring. */
    public static final int MIN_RING_BYTES = 256 * 1024;

    /** Most bytes of a ring. */
    public static final int MAX_RING_BYTES = 256 * 1024 * 1024;

    static final int SEGMENTS = 16;

    public DeliverySettings {
        if (ringBytes < MIN_RING_BYTES || ringBytes > MAX_RING_BYTES) {
            throw new IllegalArgumentException("ring of " + ringBytes + " bytes");
        }
        if (maxWait.isNegative() || maxErrorWait.isNegative() || shutdownTimeout.isNegative()) {
            throw new IllegalArgumentException("negative wait");
        }
    }

    /**
     * Length of the longest line that a ring can hold.
     * @param ringBytes memory for lines that wait, in bytes
     * @return bytes, with the line's end
     */
    public static int longestLine(long ringBytes) {
        return (int) Math.min(ringBytes / SEGMENTS, Integer.MAX_VALUE);
    }

    /**
     * What is right for most services.
     * @return asynchronous, DEBUG and INFO give way first, 4 MiB
     */
    public static DeliverySettings defaults() {
        return new DeliverySettings(true, FullPolicy.DROP_DEBUG_FIRST, 4 * 1024 * 1024, Duration.ofMillis(100),
                Duration.ofMillis(500), Duration.ofSeconds(5));
    }

    /**
     * Length of the longest line that can be queued.
     * @return bytes, with the line's end
     */
    public int longestLine() {
        return longestLine(this.ringBytes);
    }

}
