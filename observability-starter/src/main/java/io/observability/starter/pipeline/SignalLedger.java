package io.observability.starter.pipeline;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

/**
 * The running account of one signal on its way to one destination. Counting takes no lock
 * and no memory. Thread-safe, but for what was written and how long that took, which one
 * thread at a time notes.
 *
 * @since 0.1.0
 */
public final class SignalLedger {

    private final String signal;

    private final String destination;

    private final LongAdder made = new LongAdder();

    private final Map<LossReason, LongAdder> lost = new EnumMap<>(LossReason.class);

    private final LongAdder lostInAll = new LongAdder();

    // One thread at a time writes these: no atomic addition, no fence.
    private final AtomicLong written = new AtomicLong();

    private final AtomicLong writtenBytes = new AtomicLong();

    private final AtomicLong writes = new AtomicLong();

    private final AtomicLong writeNanos = new AtomicLong();

    private final AtomicLong slowestWrite = new AtomicLong();

    private final AtomicLong lastWrite = new AtomicLong();

    /**
     * Open an account.
     * @param signal kind of telemetry
     * @param destination where it goes
     */
    public SignalLedger(String signal, String destination) {
        this.signal = signal;
        this.destination = destination;
        for (LossReason reason : LossReason.values()) {
            this.lost.put(reason, new LongAdder());
        }
    }

    /** Count a unit that is to be written. */
    public void made() {
        this.made.increment();
    }

    /**
     * Count what the destination took.
     * @param units number of units
     * @param bytes their size
     */
    public void written(long units, long bytes) {
        this.written.setRelease(this.written.getPlain() + units);
        this.writtenBytes.setRelease(this.writtenBytes.getPlain() + bytes);
    }

    /**
     * Count what was lost.
     * @param reason why
     * @param units number of units
     */
    public void lost(LossReason reason, long units) {
        LongAdder count = this.lost.get(reason);
        if (count != null) {
            count.add(units);
            this.lostInAll.add(units);
        }
    }

    /**
     * Note how long a write took.
     * @param nanos its time in nanoseconds
     */
    public void writeTook(long nanos) {
        this.writes.setRelease(this.writes.getPlain() + 1);
        this.writeNanos.setRelease(this.writeNanos.getPlain() + nanos);
        this.lastWrite.setRelease(nanos);
        if (nanos > this.slowestWrite.getPlain()) {
            this.slowestWrite.setRelease(nanos);
        }
    }

    /**
     * Units lost so far.
     * @return the sum of all reasons
     */
    public long lostInAll() {
        return this.lostInAll.sum();
    }

    /**
     * Units lost so far, by reason.
     * @return each reason's count
     */
    public Map<LossReason, Long> lost() {
        Map<LossReason, Long> counts = new EnumMap<>(LossReason.class);
        this.lost.forEach((reason, count) -> counts.put(reason, count.sum()));
        return counts;
    }

    /**
     * The account now. What is made meanwhile is in it at most as made.
     * @param queued units that wait
     * @param fillRatio how full the queue is
     * @param problem why the destination takes nothing, or {@code null}
     * @return the entry
     */
    public LedgerEntry entry(long queued, double fillRatio, @Nullable LossReason problem) {
        WriteTimes times = new WriteTimes(this.writes.get(), this.writeNanos.get(), this.slowestWrite.get(),
                this.lastWrite.get());
        long written = this.written.get();
        Map<LossReason, Long> lost = lost();
        return new LedgerEntry(this.signal, this.destination, this.made.sum(), written, queued, lost,
                this.writtenBytes.get(), fillRatio, times, problem);
    }

}
