package io.observability.starter.logging.delivery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import io.observability.starter.pipeline.LossReason;

/**
 * Keeps lines in memory, and stalls or fails when told to.
 */
final class TestDestination implements LineDestination {

    final AtomicInteger writes = new AtomicInteger();

    volatile IOException failure;

    volatile int cutOnceAt;

    volatile boolean closed;

    volatile boolean stalled;

    private final Semaphore gate = new Semaphore(0);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public String name() {
        return "test";
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        this.writes.incrementAndGet();
        if (this.stalled) {
            this.gate.acquireUninterruptibly();
        }
        IOException failure = this.failure;
        if (failure != null) {
            throw failure;
        }
        int cut = this.cutOnceAt;
        if (cut > 0 && cut < length) {
            this.cutOnceAt = 0;
            take(bytes, offset, cut);
            throw new WriteFailure(LossReason.IO_ERROR, cut, false, null);
        }
        take(bytes, offset, length);
    }

    void letOneThrough() {
        this.gate.release();
    }

    void goOn() {
        this.stalled = false;
        this.gate.release(1_000_000);
    }

    private synchronized void take(byte[] bytes, int offset, int length) {
        this.bytes.write(bytes, offset, length);
    }

    synchronized String text() {
        return this.bytes.toString(StandardCharsets.UTF_8);
    }

    List<String> lines() {
        return text().lines().toList();
    }

    @Override
    public void close() {
        this.closed = true;
    }

}
