package io.observability.starter.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import io.observability.starter.context.Unobserved;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/**
 * Tests of {@link HealthChecks}: real threads, and a clock that moves when told.
 */
@Timeout(60)
class HealthChecksTests {

    private static final Clock WALL = Clock.systemUTC();

    private static final Duration TIMEOUT = Duration.ofMillis(100);

    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private static final Duration STALE_AFTER = Duration.ofSeconds(30);

    private final AtomicLong clock = new AtomicLong(-5_000_000_000L);

    private final Map<String, HealthCheck> source = new ConcurrentHashMap<>();

    private final RecordingListener listener = new RecordingListener();

    private final CountDownLatch release = new CountDownLatch(1);

    private HealthChecks checks = checks(this.listener);

    @AfterEach
    void stop() {
        this.release.countDown();
        this.checks.stop();
    }

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
    void stoppedChecksLeaveNoThreadBehind() {
        this.source.put("db", () -> HealthStatus.UP);
        this.checks.start();
        awaitBasis("db", CheckState.Basis.ANSWER);
        this.checks.stop();
        await().until(() -> healthThreads() == 0);
    }

    @Test
    void stopWaitsNeitherForAHangingCheckNorForAHangingSource() throws InterruptedException {
        CountDownLatch listing = new CountDownLatch(1);
        this.checks = new HealthChecks(() -> {
            listing.countDown();
            awaitRelease();
            return List.of();
        }, (name) -> true, timings(), this.listener, this.clock::get, WALL);
        this.checks.start();
        assertThat(listing.await(10, TimeUnit.SECONDS)).isTrue();
        this.checks.stop();
        assertThat(this.release.getCount()).isEqualTo(1);
        assertThat(this.checks.isListed()).isFalse();
    }

    @Test
    void queuedChecksRunAfterARestart() {
        AtomicInteger running = new AtomicInteger();
        for (int i = 0; i < HealthChecks.MAX_WORKERS + 1; i++) {
            this.source.put("check" + i, () -> {
                running.incrementAndGet();
                this.release.await();
                return HealthStatus.UP;
            });
        }
        this.checks.start();
        await().until(() -> running.get() == HealthChecks.MAX_WORKERS);
        this.checks.stop();
        advance(INTERVAL);
        this.checks.start();
        await().until(() -> running.get() == HealthChecks.MAX_WORKERS + 1);
    }

    @Test
    void nobodyWaitsOnceTheFirstMomentsAreOver() {
        this.checks = new HealthChecks(() -> List.of(() -> this.source), (name) -> true, every(Duration.ofSeconds(1)),
                this.listener, System::nanoTime, WALL);
        this.source.put("hanging", () -> {
            this.release.await();
            return HealthStatus.UP;
        });
        this.checks.start();
        this.checks.awaitFirstResults((name) -> true);
        await().until(() -> state("hanging").basis() == CheckState.Basis.LATE);
        for (int i = 0; i < HealthChecks.MAX_WORKERS + 1; i++) {
            this.source.put("new" + i, () -> {
                this.release.await();
                return HealthStatus.UP;
            });
        }
        await().until(() -> this.checks.states().size() > 1);
        assertThat(this.checks.states()).extracting(CheckState::basis).contains(CheckState.Basis.NONE);
        long start = System.nanoTime();
        this.checks.awaitFirstResults((name) -> true);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(900));
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

    @Test
    void firstResultIsWaitedForButNoLongerThanTheTimeout() {
        this.checks = new HealthChecks(() -> List.of(() -> this.source), (name) -> true, every(Duration.ofSeconds(1)),
                this.listener, System::nanoTime, WALL);
        CountDownLatch asked = new CountDownLatch(1);
        this.source.put("slow", () -> {
            asked.await();
            return HealthStatus.UP;
        });
        this.source.put("hanging", () -> {
            this.release.await();
            return HealthStatus.UP;
        });
        this.checks.start();
        Thread opener = new Thread(asked::countDown);
        opener.start();
        this.checks.awaitFirstResults(new NamePatterns(List.of("slow")));
        assertThat(state("slow").basis()).isIn(CheckState.Basis.ANSWER, CheckState.Basis.LATE);
        long start = System.nanoTime();
        this.checks.awaitFirstResults(new NamePatterns(List.of("*")));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        await().until(() -> state("hanging").basis() == CheckState.Basis.LATE);
    }

    @Test
    void nothingIsWaitedForWhileTheChecksAreStopped() {
        long start = System.nanoTime();
        new HealthChecks(() -> List.of(), (name) -> true, every(Duration.ofMinutes(1)), this.listener, System::nanoTime,
                WALL)
            .awaitFirstResults((name) -> true);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void failedListingKeepsWhatIsKnownAndIsToldOnce() {
        AtomicReference<RuntimeException> failure = new AtomicReference<>();
        this.checks = new HealthChecks(() -> {
            if (failure.get() != null) {
                throw failure.get();
            }
            return List.of(() -> this.source);
        }, (name) -> true, timings(), this.listener, this.clock::get, WALL);
        this.source.put("db", () -> HealthStatus.UP);
        this.checks.start();
        awaitBasis("db", CheckState.Basis.ANSWER);
        failure.set(new IllegalStateException("broken"));
        this.checks.tick();
        this.checks.tick();
        await().untilAsserted(() -> assertThat(this.listener.heard).contains("listing failed: broken"));
        advance(INTERVAL);
        await().until(() -> state("db").age().isZero());
        assertThat(this.listener.heard).filteredOn((line) -> line.startsWith("listing")).hasSize(1);
    }

    @Test
    void checksComeAndGoWithTheirSource() {
        this.source.put("db", () -> HealthStatus.UP);
        this.checks.start();
        awaitBasis("db", CheckState.Basis.ANSWER);
        this.source.put("cache", () -> HealthStatus.OUT_OF_SERVICE);
        this.source.remove("db");
        await().untilAsserted(() -> assertThat(this.checks.states()).extracting(CheckState::name, CheckState::status)
            .containsExactly(tuple("cache", HealthStatus.OUT_OF_SERVICE)));
    }

    @Test
    void firstSourceWinsAndOnlyIncludedChecksRun() {
        Map<String, HealthCheck> first = new LinkedHashMap<>();
        first.put("db", () -> HealthStatus.UP);
        Map<String, HealthCheck> second = new HashMap<>();
        second.put("db", () -> HealthStatus.DOWN);
        second.put("ping", () -> HealthStatus.DOWN);
        this.checks = new HealthChecks(() -> List.of(() -> first, () -> second),
                new NamePatterns(List.of("ping")).negate(), timings(), this.listener, this.clock::get, WALL);
        assertThat(this.checks.names()).containsExactly("db");
        this.checks.start();
        awaitBasis("db", CheckState.Basis.ANSWER);
        assertThat(this.checks.states()).singleElement().extracting(CheckState::status).isEqualTo(HealthStatus.UP);
    }

    @Test
    void numberOfChecksIsBoundedAndTheExcessIsTold() {
        for (int i = 0; i < HealthChecks.MAX_CHECKS + 10; i++) {
            this.source.put("check" + i, () -> HealthStatus.UP);
        }
        this.checks.start();
        await().until(() -> this.checks.states().size() == HealthChecks.MAX_CHECKS);
        this.checks.tick();
        await().untilAsserted(() -> assertThat(this.listener.heard).filteredOn((line) -> line.startsWith("too many"))
            .containsExactly("too many: 256"));
    }

    @Test
    void listenerThatThrowsDoesNotEndTheSchedule() {
        AtomicInteger told = new AtomicInteger();
        this.checks = checks(new RecordingListener() {
            @Override
            public void changed(CheckState before, CheckState now) {
                told.incrementAndGet();
                throw new IllegalStateException("listener");
            }
        });
        AtomicReference<HealthStatus> status = new AtomicReference<>(HealthStatus.UP);
        this.source.put("db", status::get);
        this.checks.start();
        awaitBasis("db", CheckState.Basis.ANSWER);
        status.set(HealthStatus.DOWN);
        advance(INTERVAL);
        await().until(() -> told.get() > 0 && state("db").status().failing());
        status.set(HealthStatus.UP);
        advance(INTERVAL);
        await().until(() -> !state("db").status().failing());
    }

    private HealthChecks checks(HealthListener listener) {
        return new HealthChecks(() -> List.of(() -> this.source), (name) -> true, timings(), listener, this.clock::get,
                WALL);
    }

    private static HealthSchedule timings() {
        return every(TIMEOUT);
    }

    private static HealthSchedule every(Duration timeout) {
        return new HealthSchedule(new HealthTimings(timeout, INTERVAL, STALE_AFTER, false), Map.of());
    }

    private void advance(Duration duration) {
        this.clock.addAndGet(duration.toNanos());
    }

    private CheckState state(String name) {
        return this.checks.states().stream().filter((state) -> state.name().equals(name)).findFirst().orElseThrow();
    }

    private void awaitBasis(String name, CheckState.Basis basis) {
        await().untilAsserted(() -> assertThat(this.checks.states()).filteredOn((state) -> state.name().equals(name))
            .extracting(CheckState::basis)
            .containsExactly(basis));
    }

    private void awaitRelease() {
        try {
            this.release.await();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private static long healthThreads() {
        return Thread.getAllStackTraces()
            .keySet()
            .stream()
            .filter((thread) -> thread.getName().startsWith("observability-health-"))
            .count();
    }

    private static final class OddException extends RuntimeException {

        @Override
        public String toString() {
            throw new IllegalStateException("not even that");
        }

    }

}
