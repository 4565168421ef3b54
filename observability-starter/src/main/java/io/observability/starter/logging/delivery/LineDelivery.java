package io.observability.starter.logging.delivery;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import io.observability.starter.pipeline.LedgerEntry;
import io.observability.starter.pipeline.SignalLedger;

/**
 * Takes lines from any thread to one destination, and keeps account of each. Never
 * throws, and never waits beyond the bounds of its settings.
 *
 * @since 0.1.0
 */
public final class LineDelivery implements AutoCloseable {

    private static final String SIGNAL = "log";

    private final String name;

    private final SignalLedger ledger;

    private final Handover handover;

    private final LossNotice notice;

    private final Duration exitTimeout;

    private final AtomicBoolean closed = new AtomicBoolean();

    private LineDelivery(LineDestination destination, DeliverySettings settings, LossNotice notice) {
        this.name = destination.name();
        this.ledger = new SignalLedger(SIGNAL, this.name);
        this.notice = notice;
        this.exitTimeout = settings.shutdownTimeout();
        LossWatch watch = new LossWatch(this.name, this.ledger, notice);
        this.handover = settings.asynchronous() ? new QueuedWrites(destination, settings, this.ledger, watch)
                : new CallerWrites(destination, settings, this.ledger, watch);
    }

    /**
     * Begin to deliver.
     * @param destination where lines go; closed with the delivery
     * @param settings how
     * @param notice told of losses
     * @return the running delivery
     */
    public static LineDelivery start(LineDestination destination, DeliverySettings settings, LossNotice notice) {
        LineDelivery delivery = new LineDelivery(destination, settings, notice);
        ShutdownFlush.add(delivery);
        return delivery;
    }

    /**
     * Hand over a line.
     * @param line where the line is; free to be reused on return
     * @param offset where it begins
     * @param length its length in bytes, with its line end
     * @param urgency what it may cost
     */
    public void deliver(byte[] line, int offset, int length, Urgency urgency) {
        this.ledger.made();
        this.handover.deliver(line, offset, length, urgency);
    }

    /**
     * Wait until all that was delivered before is written.
     * @param atMost how long
     * @return whether it is written
     */
    public boolean flush(Duration atMost) {
        return this.handover.flush(atMost.toNanos());
    }

    void flushAtExit() {
        flush(this.exitTimeout);
    }

    /**
     * Name of the destination.
     * @return the name
     */
    public String name() {
        return this.name;
    }

    /**
     * The account now.
     * @return the account
     */
    public LedgerEntry ledger() {
        return this.handover.entry();
    }

    /**
     * Write what is queued, end the thread that writes and close the destination. What is
     * left after the settings' bound, and each line from now on, is counted as lost.
     */
    @Override
    public void close() {
        if (this.closed.compareAndSet(false, true)) {
            this.handover.close();
            ShutdownFlush.remove(this);
            tellLosses();
        }
    }

    private void tellLosses() {
        LedgerEntry account = ledger();
        if (account.lostInAll() > 0) {
            try {
                this.notice.closedWithLosses(account);
            }
            catch (RuntimeException | StackOverflowError | OutOfMemoryError ex) {
                // Closing goes on, whatever a listener does.
            }
        }
    }

}
