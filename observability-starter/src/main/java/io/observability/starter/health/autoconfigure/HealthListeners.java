package io.observability.starter.health.autoconfigure;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.observability.starter.health.CheckState;
import io.observability.starter.health.HealthChecks;
import io.observability.starter.health.HealthListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells everybody who listens, and each of them whatever becomes of the others.
 */
final class HealthListeners implements HealthListener {

    private static final Logger logger = LoggerFactory.getLogger(HealthChecks.class);

    private final List<HealthListener> listeners;

    private final AtomicBoolean failureSaid = new AtomicBoolean();

    HealthListeners(List<HealthListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void added(String check) {
        tell((listener) -> listener.added(check));
    }

    @Override
    public void removed(String check) {
        tell((listener) -> listener.removed(check));
    }

    @Override
    public void changed(CheckState before, CheckState now) {
        tell((listener) -> listener.changed(before, now));
    }

    @Override
    public void listingFailed(Throwable failure) {
        tell((listener) -> listener.listingFailed(failure));
    }

    @Override
    public void tooManyChecks(int limit) {
        tell((listener) -> listener.tooManyChecks(limit));
    }

    private void tell(Consumer<HealthListener> news) {
        for (HealthListener listener : this.listeners) {
            try {
                news.accept(listener);
            }
            catch (RuntimeException ex) {
                if (this.failureSaid.compareAndSet(false, true)) {
                    logger.warn("A listener of the health checks failed; said once", ex);
                }
            }
        }
    }

}
