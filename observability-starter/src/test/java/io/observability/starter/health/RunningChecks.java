package io.observability.starter.health;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Checks on real threads, with a clock that moves when told.
 */
@Timeout(60)
abstract class RunningChecks {

    static final Clock WALL = Clock.systemUTC();

    static final Duration TIMEOUT = Duration.ofMillis(100);

    static final Duration INTERVAL = Duration.ofSeconds(10);

    static final Duration STALE_AFTER = Duration.ofSeconds(30);

    final AtomicLong clock = new AtomicLong(-5_000_000_000L);

    final Map<String, HealthCheck> source = new ConcurrentHashMap<>();

    final RecordingListener listener = new RecordingListener();

    final CountDownLatch release = new CountDownLatch(1);

    HealthChecks checks = checks(this.listener);

    @AfterEach
    void stop() {
        this.release.countDown();
        this.checks.stop();
    }

    HealthChecks checks(HealthListener listener) {
        return new HealthChecks(() -> List.of(() -> this.source), (name) -> true, timings(), listener, this.clock::get,
                WALL);
    }

    static HealthSchedule timings() {
        return every(TIMEOUT);
    }

    static HealthSchedule every(Duration timeout) {
        return new HealthSchedule(new HealthTimings(timeout, INTERVAL, STALE_AFTER, false), Map.of());
    }

    void advance(Duration duration) {
        this.clock.addAndGet(duration.toNanos());
    }

    CheckState state(String name) {
        return this.checks.states().stream().filter((state) -> state.name().equals(name)).findFirst().orElseThrow();
    }

    void awaitBasis(String name, CheckState.Basis basis) {
        await().untilAsserted(() -> assertThat(this.checks.states()).filteredOn((state) -> state.name().equals(name))
            .extracting(CheckState::basis)
            .containsExactly(basis));
    }

    static long healthThreads() {
        return Thread.getAllStackTraces()
            .keySet()
            .stream()
            .filter((thread) -> thread.getName().startsWith("observability-health-"))
            .count();
    }

}
