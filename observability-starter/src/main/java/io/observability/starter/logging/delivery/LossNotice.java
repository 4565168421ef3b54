package io.observability.starter.logging.delivery;

import java.time.Duration;
import java.util.Map;

import io.observability.starter.pipeline.LedgerEntry;
import io.observability.starter.pipeline.LossReason;

/**
 * Told when lines begin to be lost and when that has ended, on the thread that writes,
 * once each, and of the last account. It may log, and must not wait.
 *
 * @since 0.1.0
 */
public interface LossNotice {

    /** Tells nobody. */
    LossNotice NONE = new LossNotice() {

        @Override
        public void lossBegan(String destination, LossReason reason) {
        }

        @Override
        public void lossEnded(String destination, Map<LossReason, Long> lost, Duration lasted) {
        }

    };

    /**
     * Lines are being lost.
     * @param destination name of the destination
     * @param reason why the first one was
     */
    void lossBegan(String destination, LossReason reason);

    /**
     * The destination works and nothing has been lost for a second.
     * @param destination name of the destination
     * @param lost lines lost since it began, for each reason that there was
     * @param lasted time from the first loss to the last
     */
    void lossEnded(String destination, Map<LossReason, Long> lost, Duration lasted);

    /**
     * The delivery is closed, and lines were lost while it was open. Called once, on the
     * thread that closes.
     * @param account the last account
     */
    default void closedWithLosses(LedgerEntry account) {
    }

}
