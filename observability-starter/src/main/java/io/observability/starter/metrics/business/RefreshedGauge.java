package io.observability.starter.metrics.business;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Clock;

/**
 * A value that somebody sets now and then, and that says when: after a while without a
 * new one it shows {@code NaN} in place of what is no longer true. Setting it allocates
 * nothing. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RefreshedGauge {

    private final String meter;

    private final Clock clock;

    private final long staleNanos;

    private final MisuseLog misuses;

    private final long createdAt;

    private volatile double value = Double.NaN;

    // Written last and read first, so that a value is never taken for younger than it is.
    private volatile long refreshedAt;

    private volatile long refreshedMillis;

    RefreshedGauge(String meter, Clock clock, Duration staleAfter, MisuseLog misuses) {
        this.meter = meter;
        this.clock = clock;
        this.staleNanos = staleAfter.toNanos();
        this.misuses = misuses;
        this.createdAt = clock.monotonicTime();
    }

    /**
     * Set the value, and note the time.
     * @param value the value
     */
    public void set(double value) {
        this.value = value;
        this.refreshedAt = this.clock.monotonicTime();
        this.refreshedMillis = this.clock.wallTime();
    }

    /**
     * The value, as it is shown.
     * @return the value, or {@code NaN} if it was never set or is too old
     */
    public double value() {
        long now = this.clock.monotonicTime();
        if (this.refreshedMillis == 0) {
            if (now - this.createdAt > this.staleNanos) {
                this.misuses.addOnce(Misuse.GAUGE_NEVER_REFRESHED, this.meter,
                        "has had no value for " + TimeUnit.NANOSECONDS.toSeconds(now - this.createdAt)
                                + " s: whatever refreshes it does not run, or does not call set(…)");
            }
            return Double.NaN;
        }
        long age = now - this.refreshedAt;
        return (age <= this.staleNanos) ? this.value : Double.NaN;
    }

    double lastRefreshSeconds() {
        return this.refreshedMillis / 1000.0;
    }

}
