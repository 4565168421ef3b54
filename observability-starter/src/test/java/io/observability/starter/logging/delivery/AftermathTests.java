package io.observability.starter.logging.delivery;

import java.io.IOException;
import java.util.Map;

import io.observability.starter.pipeline.LossReason;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the reason of a loss after the destination is back.
 */
class AftermathTests extends StartedDeliveries {

    @Test
    void aRingStillFullAfterAFaultLosesWithTheReasonOfTheFault() {
        LineDelivery delivery = start(true, FullPolicy.DROP);
        this.destination.failure = new IOException("Read-only file system");
        deliver(delivery, "first", Urgency.HIGH);
        Awaitility.await().until(() -> delivery.ledger().problem() == LossReason.READ_ONLY);
        whatFindsNoRoomIsLostForThatReason(delivery);
    }

    @Test
    void aRingStillFullAfterAStallLosesWithThatReason() {
        LineDelivery delivery = start(true, FullPolicy.DROP);
        this.destination.stalled = true;
        deliver(delivery, "first", Urgency.HIGH);
        Awaitility.await().until(() -> delivery.ledger().problem() == LossReason.STALLED);
        whatFindsNoRoomIsLostForThatReason(delivery);
    }

    @Test
    void onceTheRingIsDrainedTheFaultIsForgotten() {
        LineDelivery delivery = start(true, FullPolicy.DROP);
        this.destination.failure = new IOException("Read-only file system");
        deliver(delivery, "first", Urgency.HIGH);
        Awaitility.await().until(() -> delivery.ledger().problem() == LossReason.READ_ONLY);
        fill(delivery, 1000);
        this.destination.failure = null;
        assertThat(flushed(delivery)).isTrue();
        Awaitility.await().until(() -> delivery.ledger().queued() == 0);
        Map<LossReason, Long> before = delivery.ledger().lost();
        int writes = this.destination.writes.get();
        this.destination.stalled = true;
        deliver(delivery, "next", Urgency.HIGH);
        Awaitility.await().until(() -> this.destination.writes.get() > writes);
        fill(delivery, 1000);
        Map<LossReason, Long> after = delivery.ledger().lost();
        assertThat(after.get(LossReason.READ_ONLY)).isEqualTo(before.get(LossReason.READ_ONLY));
        assertThat(after.get(LossReason.QUEUE_FULL)).isPositive();
        assertAddsUp(delivery);
    }

    private void whatFindsNoRoomIsLostForThatReason(LineDelivery delivery) {
        fill(delivery, 1000);
        comeBackForOneWrite();
        long lost = delivery.ledger().lostInAll();
        fill(delivery, 1000);
        assertThat(delivery.ledger().lostInAll()).isGreaterThan(lost);
        assertThat(delivery.ledger().lost().get(LossReason.QUEUE_FULL)).isZero();
        assertAddsUp(delivery);
    }

    // One batch is taken, and the writer is within the next write, with the rest queued.
    private void comeBackForOneWrite() {
        int writes = this.destination.writes.get();
        boolean within = this.destination.stalled;
        this.destination.stalled = true;
        if (!within) {
            Awaitility.await().until(() -> this.destination.writes.get() > writes);
        }
        int held = this.destination.writes.get();
        this.destination.failure = null;
        this.destination.letOneThrough();
        Awaitility.await().until(() -> this.destination.writes.get() > held);
    }

}
