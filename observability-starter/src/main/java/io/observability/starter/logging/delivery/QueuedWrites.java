package io.observability.starter.logging.delivery;

import io.observability.starter.logging.ring.LineRing;
import io.observability.starter.pipeline.LedgerEntry;
import io.observability.starter.pipeline.LossReason;
import io.observability.starter.pipeline.SignalLedger;

/**
 * The asynchronous way: the caller copies its line into a ring, and one thread writes.
 * Nobody waits for a destination that is known not to work.
 */
final class QueuedWrites implements Handover {

    private static final int RESERVE = 2;

    private final DeliverySettings settings;

    private final SignalLedger ledger;

    private final LineDestination destination;

    private final LineRing ring;

    private final Waiters waiters = new Waiters();

    private final WriterLoop writer;

    private final long maxWaitNanos;

    private final long maxErrorWaitNanos;

    QueuedWrites(LineDestination destination, DeliverySettings settings, SignalLedger ledger, LossWatch watch) {
        this.destination = destination;
        this.settings = settings;
        this.ledger = ledger;
        this.maxWaitNanos = settings.maxWait().toNanos();
        this.maxErrorWaitNanos = settings.maxErrorWait().toNanos();
        this.ring = new LineRing(DeliverySettings.SEGMENTS, settings.longestLine());
        this.writer = new WriterLoop(destination, this.ring, ledger, watch, this.waiters);
        this.writer.start();
    }

    @Override
    public void deliver(byte[] line, int offset, int length, Urgency urgency) {
        long mark = LineRing.REFUSED;
        try {
            mark = this.ring.offer(line, offset, length, reserve(urgency));
            if (mark == LineRing.REFUSED && mayWaitForRoom(length, urgency)) {
                mark = offerWithin(line, offset, length, this.maxWaitNanos);
            }
        }
        catch (OutOfMemoryError ex) {
            // There is no memory for the ring itself, or none to wait with.
        }
        if (mark == LineRing.REFUSED) {
            this.ledger.lost(refusal(length), 1);
            this.writer.lost();
            return;
        }
        boolean atOnce = urgency == Urgency.URGENT || ShutdownFlush.hasBegun() || this.destination.writesAtOnce();
        this.writer.arrived(atOnce || urgency == Urgency.HIGH);
        if (atOnce) {
            awaitWritten(mark, this.maxErrorWaitNanos);
        }
    }

    private int reserve(Urgency urgency) {
        return (urgency == Urgency.LOW && this.settings.whenFull() == FullPolicy.DROP_DEBUG_FIRST) ? RESERVE : 0;
    }

    private boolean mayWaitForRoom(int length, Urgency urgency) {
        if (length > this.settings.longestLine() || this.ring.isSealed() || !this.writer.isWorthWaitingFor()) {
            return false;
        }
        return switch (this.settings.whenFull()) {
            case BLOCK -> true;
            case DROP -> false;
            case DROP_DEBUG_FIRST -> urgency != Urgency.LOW;
        };
    }

    private long offerWithin(byte[] line, int offset, int length, long nanos) {
        long[] mark = { LineRing.REFUSED };
        this.waiters.await(() -> {
            mark[0] = this.ring.offer(line, offset, length, 0);
            return mark[0] != LineRing.REFUSED || this.ring.isSealed() || !this.writer.isWorthWaitingFor();
        }, nanos);
        return mark[0];
    }

    private boolean awaitWritten(long mark, long nanos) {
        try {
            if (this.writer.isWorthWaitingFor()) {
                this.waiters.await(() -> this.ring.isDrained(mark) || !this.writer.isWorthWaitingFor(), nanos);
            }
        }
        catch (OutOfMemoryError ex) {
            // It is in the ring all the same.
        }
        return this.ring.isDrained(mark);
    }

    private LossReason refusal(int length) {
        if (this.ring.isSealed()) {
            return LossReason.CLOSED;
        }
        if (length > this.settings.longestLine()) {
            return LossReason.TOO_LONG;
        }
        return this.writer.refusal();
    }

    @Override
    public boolean flush(long nanos) {
        long mark = this.ring.mark();
        this.writer.arrived(true);
        return awaitWritten(mark, nanos);
    }

    @Override
    public void close() {
        this.ring.seal();
        this.writer.stop(this.settings.shutdownTimeout().toNanos());
    }

    @Override
    public LedgerEntry entry() {
        return this.writer.entry();
    }

}
