package io.observability.starter.logging.delivery;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * When a file is put away, and which of those that were are kept.
 *
 * @param maxBytes size at which a file is put away, or 0 for any size
 * @param every time after which it is put away
 * @param zone time zone of days and hours, and of the names of files
 * @param gzip whether what is put away is compressed
 * @param maxAge age at which a file is deleted, or zero for never
 * @param maxFiles number of files that are kept, or 0 for any number
 * @param maxTotalBytes size that the files may have together, or 0 for any size
 * @since 0.1.0
 */
public record Rotation(long maxBytes, Every every, ZoneId zone, boolean gzip, Duration maxAge, int maxFiles,
        long maxTotalBytes) {

    public Rotation {
        if (maxBytes < 0 || maxAge.isNegative() || maxFiles < 0 || maxTotalBytes < 0) {
            throw new IllegalArgumentException("negative bound of a rotation");
        }
    }

    /**
     * What is right for most services.
     * @return a file a day, of at most 10 MiB, compressed, kept for a week as Spring Boot
     * does
     */
    public static Rotation defaults() {
        return new Rotation(10 * 1024 * 1024, Every.DAY, ZoneOffset.UTC, true, Duration.ofDays(7), 0, 0);
    }

    /**
     * One file that only grows, for example since something else puts it away.
     * @return no rotation
     */
    public static Rotation none() {
        return new Rotation(0, Every.NEVER, ZoneOffset.UTC, false, Duration.ZERO, 0, 0);
    }

    /**
     * Times after which a file is put away.
     */
    public enum Every {

        /** Only its size counts. */
        NEVER,

        /** At each full hour. */
        HOUR,

        /** At midnight. */
        DAY

    }

}
