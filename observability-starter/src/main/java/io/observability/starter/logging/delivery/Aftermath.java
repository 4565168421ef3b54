package io.observability.starter.logging.delivery;

import io.observability.starter.logging.ring.LineRing;
import io.observability.starter.pipeline.LossReason;
import org.jspecify.annotations.Nullable;

/**
 * Why a destination took nothing until just now, while lines of that time are still in
 * the ring: whoever finds no room then owes that to the same fault. Begun and ended by
 * the writer's thread; every thread may ask.
 */
final class Aftermath {

    private final LineRing ring;

    private volatile @Nullable LossReason reason;

    private long end;

    Aftermath(LineRing ring) {
        this.ring = ring;
    }

    /**
     * Begin it, while the fault still stands, so that there is a reason at any time.
     * @param over what the fault was
     */
    void begin(LossReason over) {
        this.end = this.ring.mark();
        this.reason = over;
    }

    /** End it once all is written that was queued when it began. */
    void endIfDrained() {
        if (this.reason != null && this.ring.isDrained(this.end)) {
            this.reason = null;
        }
    }

    @Nullable LossReason reason() {
        return this.reason;
    }

}
