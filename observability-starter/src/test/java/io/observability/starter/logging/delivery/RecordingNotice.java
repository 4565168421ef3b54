package io.observability.starter.logging.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.observability.starter.pipeline.LedgerEntry;
import io.observability.starter.pipeline.LossReason;

/**
 * Keeps what it is told.
 */
final class RecordingNotice implements LossNotice {

    final List<LossReason> began = new CopyOnWriteArrayList<>();

    final List<Map<LossReason, Long>> ended = new CopyOnWriteArrayList<>();

    final List<LedgerEntry> closed = new CopyOnWriteArrayList<>();

    @Override
    public void lossBegan(String destination, LossReason reason) {
        this.began.add(reason);
    }

    @Override
    public void lossEnded(String destination, Map<LossReason, Long> lost, Duration lasted) {
        this.ended.add(lost);
    }

    @Override
    public void closedWithLosses(LedgerEntry account) {
        this.closed.add(account);
    }

}
