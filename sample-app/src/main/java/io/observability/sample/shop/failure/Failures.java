package io.observability.sample.shop.failure;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The failures that go on now, at most one of each kind. Each ends by itself, and all end
 * with the application. Thread-safe.
 */
final class Failures implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Failures.class);

    private final Map<FailureKind, Disturbance> disturbances = new EnumMap<>(FailureKind.class);

    private final Map<FailureKind, Running> running = new EnumMap<>(FailureKind.class);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor((task) -> {
        Thread thread = new Thread(task, "failures");
        thread.setDaemon(true);
        return thread;
    });

    private final Clock clock;

    Failures(List<Disturbance> disturbances, Clock clock) {
        disturbances.forEach((disturbance) -> this.disturbances.put(disturbance.kind(), disturbance));
        this.clock = clock;
    }

    /**
     * Begin a failure, in place of one of the same kind.
     * @param failure the failure
     */
    synchronized void begin(Failure failure) {
        end(failure.kind());
        LOGGER.warn("Failure begins on demand: {}", failure);
        Disturbance disturbance = this.disturbances.get(failure.kind());
        Disturbance.Ending ending = (disturbance != null) ? disturbance.begin(failure) : () -> {
        };
        long millis = Math.max(0, Duration.between(this.clock.instant(), failure.until()).toMillis());
        ScheduledFuture<?> timeout = this.timer.schedule(() -> expire(failure), millis, TimeUnit.MILLISECONDS);
        this.running.put(failure.kind(), new Running(failure, ending, timeout));
    }

    /**
     * End a failure now.
     * @param kind what to end
     * @return whether it went on
     */
    synchronized boolean end(FailureKind kind) {
        Running ended = this.running.remove(kind);
        if (ended == null) {
            return false;
        }
        ended.timeout().cancel(false);
        ended.ending().end();
        LOGGER.info("Failure ends: {}", kind);
        return true;
    }

    /**
     * The failure of a kind that goes on now.
     * @param kind the kind
     * @return the failure or {@code null}
     */
    synchronized @Nullable Failure find(FailureKind kind) {
        Running found = this.running.get(kind);
        // The timer may be late; the time is not.
        return (found != null && this.clock.instant().isBefore(found.failure().until()) && !found.ending().isOver())
                ? found.failure() : null;
    }

    /**
     * All that goes on now.
     * @return the failures, in the order of their kinds
     */
    synchronized List<Failure> all() {
        List<Failure> failures = new ArrayList<>();
        for (FailureKind kind : FailureKind.values()) {
            Failure failure = find(kind);
            if (failure != null) {
                failures.add(failure);
            }
        }
        return failures;
    }

    @Override
    public synchronized void close() {
        for (FailureKind kind : FailureKind.values()) {
            end(kind);
        }
        this.timer.shutdownNow();
    }

    private synchronized void expire(Failure failure) {
        Running current = this.running.get(failure.kind());
        if (current != null && current.failure().equals(failure)) {
            end(failure.kind());
        }
    }

    private record Running(Failure failure, Disturbance.Ending ending, ScheduledFuture<?> timeout) {

    }

}
