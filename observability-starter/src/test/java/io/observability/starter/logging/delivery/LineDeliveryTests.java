package io.observability.starter.logging.delivery;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.observability.starter.pipeline.LedgerEntry;
import io.observability.starter.pipeline.LossReason;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LineDelivery}.
 */
class LineDeliveryTests extends StartedDeliveries {

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void writesLinesInOrderAndAccountsForThem(boolean asynchronous) {
        LineDelivery delivery = start(asynchronous, FullPolicy.BLOCK);
        List<String> lines = IntStream.range(0, 1000).mapToObj((i) -> "line " + i).toList();
        lines.forEach((line) -> deliver(delivery, line, Urgency.LOW));
        assertThat(delivery.flush(Duration.ofSeconds(5))).isTrue();
        assertThat(this.destination.lines()).isEqualTo(lines);
        LedgerEntry entry = delivery.ledger();
        assertThat(entry.signal()).isEqualTo("log");
        assertThat(entry.destination()).isEqualTo("test");
        assertThat(entry.made()).isEqualTo(1000);
        assertThat(entry.written()).isEqualTo(1000);
        assertThat(entry.queued()).isZero();
        assertThat(entry.lostInAll()).isZero();
        assertThat(entry.writtenBytes()).isEqualTo(this.destination.text().length());
        assertThat(entry.writes().count()).isEqualTo(asynchronous ? this.destination.writes.get() : 1000 / 16 + 1);
        assertThat(entry.problem()).isNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void theLastAccountIsToldOnceIfLinesWereLost(boolean asynchronous) {
        LineDelivery delivery = start(asynchronous, FullPolicy.BLOCK);
        deliver(delivery, "written", Urgency.LOW);
        delivery.close();
        assertThat(this.notice.closed).isEmpty();
        LineDelivery losing = start(asynchronous, FullPolicy.BLOCK);
        deliver(losing, "written", Urgency.LOW);
        losing.flush(Duration.ofSeconds(5));
        byte[] tooLong = new byte[SMALL_RING];
        this.destination.failure = new IOException("No space left on device");
        losing.deliver(tooLong, 0, tooLong.length, Urgency.LOW);
        losing.close();
        losing.close();
        assertThat(this.notice.closed).singleElement().satisfies((account) -> {
            assertThat(account.made()).isEqualTo(2);
            assertThat(account.written()).isOne();
            assertThat(account.lostInAll()).isOne();
        });
    }

    @Test
    void linesOfABurstShareWrites() {
        LineDelivery delivery = start(true, FullPolicy.BLOCK);
        for (int i = 0; i < 1000; i++) {
            deliver(delivery, "line " + i, Urgency.LOW);
        }
        assertThat(delivery.flush(Duration.ofSeconds(5))).isTrue();
        assertThat(this.destination.writes.get()).isLessThan(500);
    }

    @Test
    void anIdleWriterIsWokenByALineOfAnyUrgency() {
        LineDelivery delivery = start(true, FullPolicy.DROP_DEBUG_FIRST);
        Thread writer = writer();
        for (Urgency urgency : Urgency.values()) {
            Awaitility.await().until(() -> writer.getState() == Thread.State.WAITING);
            deliver(delivery, urgency.name(), urgency);
            Awaitility.await().until(() -> this.destination.lines().contains(urgency.name()));
        }
    }

    @Test
    void anErrorIsWrittenBeforeTheCallReturns() {
        LineDelivery delivery = start(true, FullPolicy.DROP_DEBUG_FIRST, Duration.ofSeconds(30));
        for (int i = 0; i < 200; i++) {
            deliver(delivery, "info " + i, Urgency.LOW);
            deliver(delivery, "error " + i, Urgency.URGENT);
            assertThat(this.destination.lines()).endsWith("info " + i, "error " + i);
        }
    }

    @Test
    void anInterruptedCallerWaitsAllTheSameAndStaysInterrupted() {
        LineDelivery delivery = start(true, FullPolicy.DROP_DEBUG_FIRST, Duration.ofSeconds(30));
        Thread.currentThread().interrupt();
        deliver(delivery, "error", Urgency.URGENT);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(this.destination.lines()).containsExactly("error");
    }

    @Test
    void whileStalledInfoGivesWayAndWarningsUseTheReserve() {
        LineDelivery delivery = start(true, FullPolicy.DROP_DEBUG_FIRST);
        fillStalled(delivery);
        long lost = delivery.ledger().lostInAll();
        assertThat(lost).isPositive();
        deliver(delivery, "warning", Urgency.HIGH);
        assertThat(delivery.ledger().lostInAll()).isEqualTo(lost);
        this.destination.goOn();
        assertThat(flushed(delivery)).isTrue();
        assertThat(this.destination.lines()).contains("warning");
        assertAddsUp(delivery);
    }

    @Test
    void nobodyWaitsOnceTheDestinationIsKnownToBeStalled() {
        LineDelivery delivery = start(true, FullPolicy.BLOCK, Duration.ofSeconds(30), Duration.ofSeconds(30));
        this.destination.stalled = true;
        deliver(delivery, "first", Urgency.LOW);
        Awaitility.await().until(() -> delivery.ledger().problem() == LossReason.STALLED);
        long start = System.nanoTime();
        for (int i = 0; i < 200_000; i++) {
            deliver(delivery, "line " + i, Urgency.URGENT);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(delivery.ledger().lost().get(LossReason.STALLED)).isPositive();
        assertThat(delivery.ledger().fillRatio()).isGreaterThan(0.9);
        assertAddsUp(delivery);
        this.destination.goOn();
        assertThat(flushed(delivery)).isTrue();
        assertAddsUp(delivery);
    }

    @Test
    void dropNeverWaitsForRoom() {
        LineDelivery delivery = start(true, FullPolicy.DROP, Duration.ofMillis(500), Duration.ofSeconds(30));
        fillStalled(delivery);
        long start = System.nanoTime();
        deliver(delivery, "x".repeat(4000), Urgency.HIGH);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertAddsUp(delivery);
    }

    @Test
    void blockWaitsForRoomAndLosesNothing() throws Exception {
        LineDelivery delivery = start(true, FullPolicy.BLOCK, Duration.ofMillis(500), Duration.ofSeconds(30));
        fill(delivery, 400);
        Thread caller = new Thread(() -> fill(delivery, 400));
        caller.start();
        caller.join(TimeUnit.SECONDS.toMillis(30));
        assertThat(flushed(delivery)).isTrue();
        assertThat(delivery.ledger().lostInAll()).isZero();
        assertThat(delivery.ledger().written()).isEqualTo(800);
    }

    @Test
    void aBatchThatFailedIsWrittenOnceTheDestinationIsBack() {
        LineDelivery delivery = start(true, FullPolicy.DROP_DEBUG_FIRST);
        this.destination.failure = new IOException("No space left on device");
        for (int i = 0; i < 10; i++) {
            deliver(delivery, "line " + i, Urgency.HIGH);
        }
        Awaitility.await().until(() -> delivery.ledger().problem() == LossReason.DISK_FULL);
        assertThat(delivery.ledger().queued()).isEqualTo(10);
        this.destination.failure = null;
        Awaitility.await().until(() -> delivery.ledger().written() == 10);
        assertThat(this.destination.lines()).hasSize(10).doesNotHaveDuplicates();
        assertThat(delivery.ledger().problem()).isNull();
        assertThat(delivery.ledger().lostInAll()).isZero();
    }

    @Test
    void aBatchThatWasPartlyWrittenGoesOnWithTheFirstLineThatWasNot() {
        LineDelivery delivery = start(true, FullPolicy.DROP_DEBUG_FIRST);
        this.destination.stalled = true;
        deliver(delivery, "1", Urgency.LOW);
        Awaitility.await().until(() -> this.destination.writes.get() == 1);
        deliver(delivery, "two", Urgency.LOW);
        deliver(delivery, "three", Urgency.LOW);
        this.destination.cutOnceAt = 6;
        this.destination.goOn();
        Awaitility.await().until(() -> delivery.ledger().problem() == LossReason.IO_ERROR);
        assertThat(delivery.ledger().written()).isEqualTo(2);
        assertThat(delivery.ledger().queued()).isOne();
        Awaitility.await().until(() -> delivery.ledger().queued() == 0);
        assertThat(this.destination.text()).isEqualTo("1\ntwo\nth" + "three\n");
        assertAddsUp(delivery);
    }

    @Test
    void aFullQueueOverABrokenDestinationLosesWithItsReason() {
        LineDelivery delivery = start(true, FullPolicy.DROP_DEBUG_FIRST);
        this.destination.failure = new IOException("Read-only file system");
        deliver(delivery, "first", Urgency.HIGH);
        Awaitility.await().until(() -> delivery.ledger().problem() == LossReason.READ_ONLY);
        fill(delivery, 1000);
        assertThat(delivery.ledger().lost().get(LossReason.READ_ONLY)).isPositive();
        assertThat(delivery.ledger().lost().get(LossReason.QUEUE_FULL)).isZero();
        assertAddsUp(delivery);
        Awaitility.await().until(() -> this.notice.began.size() == 1);
        this.destination.failure = null;
        Awaitility.await().until(() -> this.notice.ended.size() == 1);
        assertThat(this.notice.began).containsExactly(LossReason.READ_ONLY);
        assertThat(this.notice.ended.get(0))
            .isEqualTo(java.util.Map.of(LossReason.READ_ONLY, delivery.ledger().lost().get(LossReason.READ_ONLY)));
        assertAddsUp(delivery);
    }

    @Test
    void aDestinationThatIsGoneForGoodLosesAllThatComes() {
        LineDelivery delivery = start(true, FullPolicy.BLOCK);
        this.destination.failure = new WriteFailure(LossReason.CLOSED, 0, true, null);
        for (int i = 0; i < 10; i++) {
            deliver(delivery, "line " + i, Urgency.URGENT);
        }
        Awaitility.await().until(() -> delivery.ledger().lost().get(LossReason.CLOSED) == 10);
        assertAddsUp(delivery);
    }

    @Test
    void aLineThatIsTooLongIsCounted() {
        LineDelivery delivery = start(true, FullPolicy.BLOCK);
        deliver(delivery, "x".repeat(SMALL_RING), Urgency.HIGH);
        assertThat(delivery.ledger().lost().get(LossReason.TOO_LONG)).isOne();
        assertAddsUp(delivery);
        Awaitility.await().until(() -> this.notice.ended.size() == 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void closingWritesWhatIsQueuedEndsTheThreadAndClosesTheDestination(boolean asynchronous) {
        LineDelivery delivery = start(asynchronous, FullPolicy.BLOCK);
        deliver(delivery, "last words", Urgency.LOW);
        delivery.close();
        delivery.close();
        assertThat(this.destination.lines()).containsExactly("last words");
        assertThat(this.destination.closed).isTrue();
        Awaitility.await().until(() -> writer() == null);
        deliver(delivery, "too late", Urgency.URGENT);
        assertThat(delivery.ledger().lost().get(LossReason.CLOSED)).isOne();
        assertAddsUp(delivery);
    }

    @Test
    void closingGivesABrokenDestinationUpInTime() {
        LineDelivery delivery = start(true, FullPolicy.DROP_DEBUG_FIRST);
        this.destination.failure = new IOException("Input/output error");
        deliver(delivery, "never written", Urgency.LOW);
        delivery.close();
        assertThat(delivery.ledger().lost().get(LossReason.SHUTDOWN_TIMEOUT)).isOne();
        assertThat(delivery.ledger().queued()).isZero();
        Awaitility.await().until(() -> writer() == null);
    }

    @Test
    void closingLeavesAWriterThatIsStuckAndCountsItsLines() {
        LineDelivery delivery = start(true, FullPolicy.DROP_DEBUG_FIRST);
        this.destination.stalled = true;
        deliver(delivery, "stuck", Urgency.LOW);
        Awaitility.await().until(() -> this.destination.writes.get() == 1);
        deliver(delivery, "behind it", Urgency.LOW);
        delivery.close();
        assertThat(delivery.ledger().lost().get(LossReason.SHUTDOWN_TIMEOUT)).isEqualTo(2);
        assertThat(delivery.ledger().queued()).isZero();
        this.destination.goOn();
        Awaitility.await().until(() -> writer() == null);
        assertAddsUp(delivery);
    }

    @Test
    void aSynchronousCallerDoesNotTryABrokenDestinationForASecond() {
        LineDelivery delivery = start(false, FullPolicy.DROP_DEBUG_FIRST);
        this.destination.failure = new IOException("No space left on device");
        for (int i = 0; i < 100; i++) {
            deliver(delivery, "line " + i, Urgency.URGENT);
        }
        assertThat(delivery.ledger().lost().get(LossReason.DISK_FULL)).isEqualTo(100);
        assertThat(this.destination.writes.get()).isLessThan(10);
        assertThat(this.notice.began).containsExactly(LossReason.DISK_FULL);
        this.destination.failure = null;
        Awaitility.await().until(() -> {
            deliver(delivery, "again", Urgency.LOW);
            return this.notice.ended.size() == 1;
        });
        assertAddsUp(delivery);
    }

}
