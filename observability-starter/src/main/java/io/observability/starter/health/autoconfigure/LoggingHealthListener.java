package io.observability.starter.health.autoconfigure;

import io.observability.starter.health.CheckState;
import io.observability.starter.health.HealthChecks;
import io.observability.starter.health.HealthListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one line when the status of a check changes: what the probe does not tell a
 * stranger, its operator finds here.
 */
final class LoggingHealthListener implements HealthListener {

    private static final Logger logger = LoggerFactory.getLogger(HealthChecks.class);

    @Override
    public void changed(CheckState before, CheckState now) {
        if (now.status().failing()) {
            logger.warn("Health check '{}' is {} ({}), was {}", now.name(), now.status().code(), reason(now),
                    before.status().code());
        }
        else if (before.status().failing()) {
            logger.info("Health check '{}' is {}, was {}", now.name(), now.status().code(), before.status().code());
        }
    }

    private static String reason(CheckState state) {
        return switch (state.basis()) {
            case LATE -> "too slow, %d ms".formatted(state.duration().toMillis());
            case STALE -> "last result %d ms ago".formatted(state.age().toMillis());
            case EXCEPTION -> state.remark();
            case ANSWER, NONE -> "its own answer, after %d ms".formatted(state.duration().toMillis());
        };
    }

    @Override
    public void listingFailed(Throwable failure) {
        logger.warn("The health checks could not be listed; those known keep running", failure);
    }

    @Override
    public void tooManyChecks(int limit) {
        logger.warn("There are more than {} health checks; those above are not run and not part of the probes", limit);
    }

}
