package io.observability.starter.logging.delivery;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.observability.starter.pipeline.LedgerEntry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Deliveries to a destination that can stall and fail, closed after each test.
 */
abstract class StartedDeliveries {

    static final int SMALL_RING = DeliverySettings.MIN_RING_BYTES;

    final TestDestination destination = new TestDestination();

    final RecordingNotice notice = new RecordingNotice();

    final List<LineDelivery> open = new ArrayList<>();

    @AfterEach
    void close() {
        this.destination.failure = null;
        this.destination.goOn();
        this.open.forEach(LineDelivery::close);
    }

    final void fillStalled(LineDelivery delivery) {
        this.destination.stalled = true;
        deliver(delivery, "first", Urgency.HIGH);
        Awaitility.await().until(() -> this.destination.writes.get() == 1);
        fill(delivery, 1000);
    }

    static boolean flushed(LineDelivery delivery) {
        Awaitility.await().until(() -> delivery.flush(Duration.ofSeconds(1)));
        return true;
    }

    static void assertAddsUp(LineDelivery delivery) {
        LedgerEntry entry = delivery.ledger();
        assertThat(entry.written() + entry.queued() + entry.lostInAll()).isEqualTo(entry.made());
    }

    final LineDelivery start(boolean asynchronous, FullPolicy policy) {
        return start(asynchronous, policy, Duration.ofMillis(500));
    }

    final LineDelivery start(boolean asynchronous, FullPolicy policy, Duration maxErrorWait) {
        return start(asynchronous, policy, maxErrorWait, Duration.ofSeconds(1));
    }

    final LineDelivery start(boolean asynchronous, FullPolicy policy, Duration maxErrorWait, Duration maxWait) {
        return start(settings(asynchronous, policy, maxErrorWait, maxWait), this.notice);
    }

    final LineDelivery start(DeliverySettings settings, LossNotice notice) {
        LineDelivery delivery = LineDelivery.start(this.destination, settings, notice);
        this.open.add(delivery);
        return delivery;
    }

    static DeliverySettings settings(boolean asynchronous, FullPolicy policy, Duration maxErrorWait, Duration maxWait) {
        return new DeliverySettings(asynchronous, policy, SMALL_RING, maxWait, maxErrorWait, Duration.ofSeconds(1));
    }

    static void deliver(LineDelivery delivery, String line, Urgency urgency) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        delivery.deliver(bytes, 0, bytes.length, urgency);
    }

    static void fill(LineDelivery delivery, int lines) {
        String line = "x".repeat(999);
        for (int i = 0; i < lines; i++) {
            deliver(delivery, line, Urgency.LOW);
        }
    }

    static Thread writer() {
        return Thread.getAllStackTraces()
            .keySet()
            .stream()
            .filter((thread) -> thread.getName().equals("observability-log-test"))
            .findFirst()
            .orElse(null);
    }

}
