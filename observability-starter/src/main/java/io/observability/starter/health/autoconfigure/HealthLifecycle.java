package io.observability.starter.health.autoconfigure;

import java.time.Duration;

import io.observability.starter.health.Availability;
import io.observability.starter.health.HealthChecks;

import org.springframework.context.SmartLifecycle;

/**
 * Starts the checks once all beans exist, and stops them before any bean is destroyed. In
 * the last phase, which is stopped first: while a shutdown waits here, readiness is off
 * already and the web server still accepts connections.
 */
final class HealthLifecycle implements SmartLifecycle {

    private final HealthChecks checks;

    private final Availability availability;

    private final Duration shutdownDelay;

    private final boolean served;

    private volatile boolean running;

    HealthLifecycle(HealthChecks checks, Availability availability, Duration shutdownDelay, boolean served) {
        this.checks = checks;
        this.availability = availability;
        this.shutdownDelay = shutdownDelay;
        this.served = served;
    }

    @Override
    public boolean isAutoStartup() {
        // Nobody asks a service without a web server.
        return this.served;
    }

    @Override
    public void start() {
        this.checks.start();
        this.running = true;
    }

    @Override
    public void stop() {
        // Not when the context merely pauses: then the application stays ready.
        if (!this.shutdownDelay.isZero() && !this.availability.isReady()) {
            try {
                Thread.sleep(this.shutdownDelay.toMillis());
            }
            catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
        }
        this.checks.stop();
        this.running = false;
    }

    @Override
    public boolean isRunning() {
        return this.running;
    }

}
