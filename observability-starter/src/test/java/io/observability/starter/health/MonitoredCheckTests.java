package io.observability.starter.health;

import java.time.Clock;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a {@link MonitoredCheck} is due.
 */
class MonitoredCheckTests {

    private final MonitoredCheck check = new MonitoredCheck("db", () -> HealthStatus.UP,
            new HealthTimings(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(30), false), () -> 0L,
            Clock.systemUTC(), () -> {
            });

    @Test
    void runThatNeverWasDoesNotPutOffTheNext() {
        assertThat(this.check.claimIfDue()).isTrue();
        assertThat(this.check.claimIfDue()).isFalse();
        this.check.release();
        assertThat(this.check.claimIfDue()).isTrue();
    }

    @Test
    void runPutsOffTheNextForAnInterval() {
        assertThat(this.check.claimIfDue()).isTrue();
        this.check.run();
        assertThat(this.check.claimIfDue()).isFalse();
    }

}
