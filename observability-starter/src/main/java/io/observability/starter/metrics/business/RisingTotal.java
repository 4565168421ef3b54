package io.observability.starter.metrics.business;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A total that somebody else keeps, and that never falls here: Prometheus would take a
 * fall for a restart, and count everything once more.
 */
final class RisingTotal {

    private final String meter;

    private final LongSupplier total;

    private final MisuseLog misuses;

    private final AtomicLong highest = new AtomicLong();

    RisingTotal(String meter, LongSupplier total, MisuseLog misuses) {
        this.meter = meter;
        this.total = total;
        this.misuses = misuses;
    }

    double value() {
        long now = this.total.getAsLong();
        long highest = this.highest.accumulateAndGet(now, Math::max);
        if (now < highest) {
            this.misuses.addOnce(Misuse.COUNTER_FELL, this.meter,
                    "fell from " + highest + " to " + now + ", and counters never fall: a gauge does");
        }
        return highest;
    }

}
