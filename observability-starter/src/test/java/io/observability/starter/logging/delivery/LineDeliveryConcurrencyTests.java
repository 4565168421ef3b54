package io.observability.starter.logging.delivery;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.observability.starter.pipeline.LedgerEntry;
import io.observability.starter.pipeline.LossReason;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link LineDelivery} under bursts, while it closes, and when those that it calls log
 * themselves.
 */
class LineDeliveryConcurrencyTests extends StartedDeliveries {

    @Test
    void aNoticeThatLogsDoesNotWaitForItself() {
        AtomicReference<LineDelivery> delivery = new AtomicReference<>();
        LossNotice loud = new LossNotice() {

            @Override
            public void lossBegan(String destination, LossReason reason) {
                deliver(delivery.get(), "began", Urgency.URGENT);
            }

            @Override
            public void lossEnded(String destination, java.util.Map<LossReason, Long> lost, Duration lasted) {
                deliver(delivery.get(), "ended", Urgency.URGENT);
                throw new IllegalStateException("and fails");
            }

        };
        delivery.set(start(settings(true, FullPolicy.BLOCK, Duration.ofSeconds(30), Duration.ofSeconds(30)), loud));
        deliver(delivery.get(), "x".repeat(SMALL_RING), Urgency.LOW);
        Awaitility.await()
            .atMost(Duration.ofSeconds(10))
            .until(() -> this.destination.lines().equals(List.of("began", "ended")));
    }

    @Test
    void aDestinationThatLogsDoesNotDeadlockItsCaller() {
        AtomicReference<LineDelivery> delivery = new AtomicReference<>();
        LineDestination chatty = new LineDestination() {

            @Override
            public String name() {
                return "chatty";
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                deliver(delivery.get(), "from within", Urgency.URGENT);
            }

            @Override
            public void close() {
            }

        };
        delivery.set(LineDelivery.start(chatty,
                settings(false, FullPolicy.BLOCK, Duration.ofSeconds(30), Duration.ofSeconds(30)), LossNotice.NONE));
        this.open.add(delivery.get());
        deliver(delivery.get(), "line", Urgency.LOW);
        assertThat(delivery.get().ledger().written()).isOne();
        assertThat(delivery.get().ledger().lostInAll()).isOne();
    }

    @ParameterizedTest
    @EnumSource(FullPolicy.class)
    void eachLineOfABurstIsWrittenOrCounted(FullPolicy policy) throws Exception {
        LineDelivery delivery = start(true, policy);
        burst(delivery, 4, 25_000);
        assertThat(flushed(delivery)).isTrue();
        LedgerEntry entry = delivery.ledger();
        assertThat(entry.made()).isEqualTo(100_000);
        assertThat(entry.queued()).isZero();
        assertThat(entry.written() + entry.lostInAll()).isEqualTo(100_000);
        assertThat(this.destination.lines()).hasSize((int) entry.written());
    }

    @RepeatedTest(3)
    void linesOfferedWhileClosingAreWrittenOrCounted() throws Exception {
        for (boolean asynchronous : new boolean[] { true, false }) {
            TestDestination destination = new TestDestination();
            LineDelivery delivery = LineDelivery.start(destination,
                    settings(asynchronous, FullPolicy.DROP_DEBUG_FIRST, Duration.ofMillis(500), Duration.ofMillis(100)),
                    this.notice);
            Thread closer = new Thread(() -> {
                while (delivery.ledger().made() < 5_000) {
                    Thread.onSpinWait();
                }
                delivery.close();
            });
            closer.start();
            burst(delivery, 4, 5_000);
            closer.join();
            LedgerEntry entry = delivery.ledger();
            assertThat(entry.made()).isEqualTo(20_000);
            assertThat(entry.queued()).isZero();
            assertThat(entry.written() + entry.lostInAll()).isEqualTo(20_000);
            assertThat(destination.lines()).hasSize((int) entry.written());
        }
    }

    @Test
    void theLedgerNeverShowsMoreThanWasMade() throws Exception {
        LineDelivery delivery = start(true, FullPolicy.DROP_DEBUG_FIRST);
        AtomicBoolean done = new AtomicBoolean();
        Thread load = new Thread(() -> {
            while (!done.get()) {
                deliver(delivery, "line", Urgency.LOW);
            }
        });
        load.start();
        for (int i = 0; i < 2000; i++) {
            LedgerEntry entry = delivery.ledger();
            assertThat(entry.written() + entry.queued() + entry.lostInAll()).isLessThanOrEqualTo(entry.made());
        }
        done.set(true);
        load.join();
        assertAddsUp(delivery);
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void handingALineOverTakesNoMemory(boolean asynchronous) {
        LineDestination discarding = new LineDestination() {

            @Override
            public String name() {
                return "discarding";
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
            }

            @Override
            public void close() {
            }

        };
        LineDelivery delivery = LineDelivery.start(discarding, new DeliverySettings(asynchronous, FullPolicy.DROP,
                1 << 20, Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofSeconds(1)), LossNotice.NONE);
        this.open.add(delivery);
        byte[] line = new byte[450];
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 10; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                delivery.deliver(line, 0, line.length, Urgency.LOW);
            }
            best = Math.min(best, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(best / 10_000).isZero();
    }

    private static void burst(LineDelivery delivery, int threads, int lines) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> callers = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int id = t;
            Thread caller = new Thread(() -> {
                try {
                    go.await();
                }
                catch (InterruptedException ex) {
                    return;
                }
                for (int i = 0; i < lines; i++) {
                    deliver(delivery, "thread " + id + " line " + i, (i % 100 == 0) ? Urgency.HIGH : Urgency.LOW);
                }
            });
            callers.add(caller);
            caller.start();
        }
        go.countDown();
        for (Thread caller : callers) {
            caller.join();
        }
    }

}
