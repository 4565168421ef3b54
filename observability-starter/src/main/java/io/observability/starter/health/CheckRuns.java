package io.observability.starter.health;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The runs of one check that have ended, whatever they found.
 *
 * @param count the number of runs
 * @param total how long they took together
 * @param last when the last one ended, or {@code null} if none has
 * @since 0.1.0
 */
public record CheckRuns(long count, Duration total, @Nullable Instant last) {

    static final CheckRuns NONE = new CheckRuns(0, Duration.ZERO, null);

    CheckRuns and(long nanos, Instant end) {
        return new CheckRuns(this.count + 1, this.total.plusNanos(nanos), end);
    }

}
