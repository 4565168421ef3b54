package io.observability.starter.pipeline;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SignalLedger}.
 */
class SignalLedgerTests {

    @Test
    void knowsEachReasonFromTheStart() {
        LedgerEntry entry = new SignalLedger("log", "stdout").entry(0, 0, null);
        assertThat(entry.lost()).containsOnlyKeys(LossReason.values());
        assertThat(entry.lost().values()).containsOnly(0L);
        assertThat(entry.writes()).isEqualTo(WriteTimes.NONE);
    }

    @Test
    void addsUp() {
        SignalLedger ledger = new SignalLedger("log", "stdout");
        for (int i = 0; i < 7; i++) {
            ledger.made();
        }
        ledger.written(3, 300);
        ledger.lost(LossReason.DISK_FULL, 1);
        ledger.lost(LossReason.CLOSED, 1);
        ledger.writeTook(30);
        ledger.writeTook(10);
        LedgerEntry entry = ledger.entry(2, 0.5, LossReason.DISK_FULL);
        assertThat(entry.made()).isEqualTo(entry.written() + entry.queued() + entry.lostInAll());
        assertThat(entry.lostInAll()).isEqualTo(2);
        assertThat(entry.writtenBytes()).isEqualTo(300);
        assertThat(entry.writes()).isEqualTo(new WriteTimes(2, 40, 30, 10));
        assertThat(entry.problem()).isEqualTo(LossReason.DISK_FULL);
    }

    @Test
    void reasonsAreWrittenInLowerCase() {
        assertThat(LossReason.QUEUE_FULL.id()).isEqualTo("queue_full");
    }

}
