package io.observability.starter.logging.delivery;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.observability.starter.pipeline.LossReason;
import io.observability.starter.pipeline.SignalLedger;

/**
 * Tells once when losses begin and once when they have ended. One thread at a time calls
 * it.
 */
final class LossWatch {

    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String destination;

    private final SignalLedger ledger;

    private final LossNotice notice;

    private Map<LossReason, Long> before;

    private long seen;

    private long beganAt;

    private long lastAt;

    private volatile boolean open;

    LossWatch(String destination, SignalLedger ledger, LossNotice notice) {
        this.destination = destination;
        this.ledger = ledger;
        this.notice = notice;
        this.before = ledger.lost();
    }

    // Whether losses have begun and their end was not told yet.
    boolean isOpen() {
        return this.open;
    }

    // Look whether something was lost since the last look.
    void look(long now, boolean works) {
        long lost = this.ledger.lostInAll();
        if (lost != this.seen) {
            this.seen = lost;
            this.lastAt = now;
            if (!this.open) {
                this.open = true;
                this.beganAt = now;
                tellBegan();
            }
        }
        else if (this.open && works && now - this.lastAt >= QUIET_NANOS) {
            this.open = false;
            tellEnded();
        }
    }

    private void tellBegan() {
        Map<LossReason, Long> since = since(this.ledger.lost());
        if (!since.isEmpty()) {
            quietly(() -> this.notice.lossBegan(this.destination, since.keySet().iterator().next()));
        }
    }

    private void tellEnded() {
        Map<LossReason, Long> counts = this.ledger.lost();
        Map<LossReason, Long> since = since(counts);
        this.before = counts;
        Duration lasted = Duration.ofNanos(this.lastAt - this.beganAt);
        quietly(() -> this.notice.lossEnded(this.destination, since, lasted));
    }

    private Map<LossReason, Long> since(Map<LossReason, Long> counts) {
        Map<LossReason, Long> since = new EnumMap<>(LossReason.class);
        counts.forEach((reason, count) -> {
            long more = count - this.before.getOrDefault(reason, 0L);
            if (more > 0) {
                since.put(reason, more);
            }
        });
        return since;
    }

    // Whatever a listener does, lines go on being written.
    private static void quietly(Runnable telling) {
        try {
            telling.run();
        }
        catch (RuntimeException | StackOverflowError | OutOfMemoryError ex) {
            // Nobody is left to be told, and the counters have it.
        }
    }

}
