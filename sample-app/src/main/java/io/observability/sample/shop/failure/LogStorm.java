package io.observability.sample.shop.failure;

import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The same warning over and over, as from a loop that retries without a pause.
 */
final class LogStorm implements Disturbance {

    private static final Logger LOGGER = LoggerFactory.getLogger(LogStorm.class);

    @Override
    public FailureKind kind() {
        return FailureKind.LOG_STORM;
    }

    @Override
    public Ending begin(Failure failure) {
        Thread thread = new Thread(() -> blow(failure.rate()), "log-storm");
        thread.setDaemon(true);
        thread.start();
        return thread::interrupt;
    }

    private static void blow(int rate) {
        AtomicLong attempt = new AtomicLong();
        Pace.keep(rate, () -> LOGGER.warn("Carrier does not answer, attempt {}", attempt.incrementAndGet()));
    }

}
