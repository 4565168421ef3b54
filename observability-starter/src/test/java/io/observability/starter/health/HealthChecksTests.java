package io.observability.starter.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.observability.starter.context.Unobserved;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of what {@link HealthChecks} make of the answers of checks.
 */
class HealthChecksTests extends RunningChecks {

    @Test
    void startedCheckTellsItsStatusDurationAndAge() {
        this.source.put("db", () -> {
            advance(Duration.ofMillis(3));
            return HealthStatus.UP;
        });
        this.checks.start();
        awaitBasis("db", CheckState.Basis.ANSWER);
        advance(Duration.ofMillis(120));
        CheckState state = state("db");
        assertThat(state.status()).isEqualTo(HealthStatus.UP);
        assertThat(state.duration()).isEqualTo(Duration.ofMillis(3));
        assertThat(state.age()).isEqualTo(Duration.ofMillis(120));
    }

    @Test
    void checkRunsAgainAfterTheIntervalAndNotBefore() {
        AtomicInteger runs = new AtomicInteger();
        this.source.put("db", () -> {
            runs.incrementAndGet();
            return HealthStatus.UP;
        });
        this.checks.start();
        awaitBasis("db", CheckState.Basis.ANSWER);
        advance(INTERVAL.minusMillis(1));
        this.checks.tick();
        this.checks.tick();
        assertThat(runs).hasValue(1);
        advance(Duration.ofMillis(1));
        await().until(() -> runs.get() == 2);
        await().until(() -> state("db").age().isZero());
    }

    @Test
    void checkRunsUnobservedOnDaemonThreadsOfOurOwn() {
        AtomicReference<Thread> thread = new AtomicReference<>();
        AtomicReference<Boolean> unobserved = new AtomicReference<>();
        this.source.put("db", () -> {
            unobserved.set(Unobserved.isActive());
            thread.set(Thread.currentThread());
            return HealthStatus.UP;
        });
        this.checks.start();
        await().until(() -> thread.get() != null);
        assertThat(thread.get().isDaemon()).isTrue();
        assertThat(thread.get().getName()).matches("observability-health-\\d+");
        assertThat(unobserved).hasValue(true);
    }

    @Test
    void exceptionsAndErrorsOfACheckAreDown() {
        this.source.put("db", () -> {
            throw new IllegalStateException("no connection");
        });
        this.source.put("driver", () -> {
            throw new NoClassDefFoundError("x/Driver");
        });
        this.source.put("odd", () -> {
            throw new OddException();
        });
        this.checks.start();
        awaitBasis("db", CheckState.Basis.EXCEPTION);
        awaitBasis("driver", CheckState.Basis.EXCEPTION);
        awaitBasis("odd", CheckState.Basis.EXCEPTION);
        assertThat(this.checks.states()).extracting(CheckState::status).containsOnly(HealthStatus.DOWN);
        assertThat(state("db").remark()).isEqualTo("java.lang.IllegalStateException: no connection");
        assertThat(state("odd").remark()).isEqualTo(OddException.class.getName());
    }

    @Test
    void hangingCheckIsLateIsNotStartedTwiceAndRecovers() {
        AtomicInteger runs = new AtomicInteger();
        this.source.put("db", () -> {
            if (runs.incrementAndGet() == 1) {
                this.release.await();
            }
            return HealthStatus.UP;
        });
        this.checks.start();
        await().until(() -> runs.get() == 1);
        assertThat(state("db").status()).isEqualTo(HealthStatus.UNKNOWN);
        advance(TIMEOUT.plusMillis(1));
        assertThat(state("db").status()).isEqualTo(HealthStatus.DOWN);
        assertThat(state("db").basis()).isEqualTo(CheckState.Basis.LATE);
        assertThat(state("db").age()).isEqualTo(Duration.ofMillis(1));
        for (int i = 0; i < 20; i++) {
            advance(INTERVAL);
            this.checks.tick();
        }
        assertThat(runs).hasValue(1);
        await().until(() -> healthThreads() <= 2);
        this.release.countDown();
        // It may run again at once, since it has been due for long.
        await().until(() -> state("db").basis() == CheckState.Basis.ANSWER);
        assertThat(runs).hasValue(2);
        assertThat(state("db").status()).isEqualTo(HealthStatus.UP);
        await().untilAsserted(() -> assertThat(this.listener.heard).last().isEqualTo("db DOWN -> UP"));
        assertThat(this.listener.heard).contains("db UNKNOWN -> DOWN");
    }

    @Test
    void answerAfterTheTimeoutCountsAsDownUntilOneComesInTime() {
        AtomicReference<Duration> takes = new AtomicReference<>(TIMEOUT.plusMillis(1));
        this.source.put("db", () -> {
            advance(takes.get());
            return HealthStatus.UP;
        });
        this.checks.start();
        awaitBasis("db", CheckState.Basis.LATE);
        takes.set(TIMEOUT);
        advance(INTERVAL.minusMillis(101));
        assertThat(state("db").status()).isEqualTo(HealthStatus.DOWN);
        advance(Duration.ofMillis(1));
        awaitBasis("db", CheckState.Basis.ANSWER);
        assertThat(state("db").status()).isEqualTo(HealthStatus.UP);
    }

    @Test
    void resultOlderThanTheBoundCountsAsDown() {
        this.source.put("db", () -> HealthStatus.UP);
        this.checks.start();
        awaitBasis("db", CheckState.Basis.ANSWER);
        this.checks.stop();
        advance(STALE_AFTER);
        assertThat(state("db").status()).isEqualTo(HealthStatus.UP);
        advance(Duration.ofNanos(1));
        assertThat(state("db").basis()).isEqualTo(CheckState.Basis.STALE);
        assertThat(state("db").status()).isEqualTo(HealthStatus.DOWN);
        this.checks.start();
        awaitBasis("db", CheckState.Basis.ANSWER);
    }

    @Test
    void endedRunsAreCounted() {
        Instant ended = Instant.parse("2026-01-02T03:04:05.678Z");
        this.checks = new HealthChecks(() -> List.of(() -> this.source), (name) -> true, timings(), this.listener,
                this.clock::get, Clock.fixed(ended, ZoneOffset.UTC));
        this.source.put("db", () -> {
            advance(Duration.ofMillis(3));
            return HealthStatus.UP;
        });
        assertThat(this.checks.runs("db")).isEqualTo(CheckRuns.NONE);
        assertThat(this.checks.state("db")).isNull();
        this.checks.start();
        awaitBasis("db", CheckState.Basis.ANSWER);
        assertThat(this.checks.runs("db")).isEqualTo(new CheckRuns(1, Duration.ofMillis(3), ended));
        advance(INTERVAL);
        await().until(() -> this.checks.runs("db").equals(new CheckRuns(2, Duration.ofMillis(6), ended)));
    }

    private static final class OddException extends RuntimeException {

        @Override
        public String toString() {
            throw new IllegalStateException("not even that");
        }

    }

}
