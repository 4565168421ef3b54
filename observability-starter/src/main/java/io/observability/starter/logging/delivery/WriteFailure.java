package io.observability.starter.logging.delivery;

import java.io.IOException;

import io.observability.starter.pipeline.LossReason;
import org.jspecify.annotations.Nullable;

/**
 * A write that failed, in the words of the ledger.
 *
 * @since 0.1.0
 */
public final class WriteFailure extends IOException {

    private static final long serialVersionUID = 1L;

    private final LossReason reason;

    private final int written;

    private final boolean permanent;

    /**
     * Create a failure.
     * @param reason why it failed
     * @param written bytes that were written and have stayed
     * @param permanent whether trying again is in vain
     * @param cause what the system said
     */
    public WriteFailure(LossReason reason, int written, boolean permanent, @Nullable Throwable cause) {
        super((cause != null) ? cause.getMessage() : reason.id(), cause);
        this.reason = reason;
        this.written = written;
        this.permanent = permanent;
    }

    /**
     * Why it failed.
     * @return the reason that losses are counted with
     */
    public LossReason reason() {
        return this.reason;
    }

    /**
     * How much was written.
     * @return number of bytes, from the start
     */
    public int written() {
        return this.written;
    }

    /**
     * Whether trying again is in vain.
     * @return whether it is
     */
    public boolean isPermanent() {
        return this.permanent;
    }

}
