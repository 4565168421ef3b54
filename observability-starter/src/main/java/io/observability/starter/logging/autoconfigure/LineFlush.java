package io.observability.starter.logging.autoconfigure;

import java.time.Duration;

import org.springframework.context.SmartLifecycle;

/**
 * Sees to it that what was logged is written once the application context has closed,
 * whether or not the process ends with it. Logging goes on.
 */
final class LineFlush implements SmartLifecycle {

    // After all that logs while it stops, before Spring Boot's own logging.
    private static final int PHASE = Integer.MIN_VALUE + 1;

    private final RunningLines lines;

    private final Duration atMost;

    private volatile boolean running;

    LineFlush(RunningLines lines, Duration atMost) {
        this.lines = lines;
        this.atMost = atMost;
    }

    @Override
    public void start() {
        this.running = true;
    }

    @Override
    public void stop() {
        this.running = false;
        this.lines.flush(this.atMost);
    }

    @Override
    public boolean isRunning() {
        return this.running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

}
