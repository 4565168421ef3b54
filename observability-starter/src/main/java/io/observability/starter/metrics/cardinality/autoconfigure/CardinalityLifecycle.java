package io.observability.starter.metrics.cardinality.autoconfigure;

import java.time.Duration;

import io.observability.starter.metrics.cardinality.CardinalityGuard;

import org.springframework.context.SmartLifecycle;

/**
 * Lets the guard have its thread once all beans exist.
 */
final class CardinalityLifecycle implements SmartLifecycle {

    private final CardinalityGuard guard;

    private final Duration period;

    private volatile boolean running;

    CardinalityLifecycle(CardinalityGuard guard, Duration period) {
        this.guard = guard;
        this.period = period;
    }

    @Override
    public void start() {
        this.guard.start(this.period);
        this.running = true;
    }

    @Override
    public void stop() {
        this.guard.stop();
        this.running = false;
    }

    @Override
    public boolean isRunning() {
        return this.running;
    }

}
