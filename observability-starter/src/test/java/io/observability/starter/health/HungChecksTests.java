package io.observability.starter.health;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of {@link HealthChecks} while checks hang, however many and however long.
 */
@Timeout(60)
class HungChecksTests {

    private static final Duration TIMEOUT = Duration.ofMillis(100);

    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private static final Duration STALE_AFTER = Duration.ofSeconds(30);

    private final AtomicLong clock = new AtomicLong();

    private final Map<String, HealthCheck> source = new ConcurrentHashMap<>();

    private final CountDownLatch release = new CountDownLatch(1);

    private final AtomicInteger hanging = new AtomicInteger();

    private final AtomicInteger mostHanging = new AtomicInteger();

    private HealthChecks checks = checks(Map.of());

    @AfterEach
    void stop() {
        this.release.countDown();
        this.checks.stop();
    }

    @Test
    void checksThatHangHoldUpNoOtherOne() {
        hang("check", HealthChecks.MAX_THREADS - HealthChecks.MAX_WORKERS);
        AtomicInteger runs = new AtomicInteger();
        this.source.put("healthy", () -> {
            runs.incrementAndGet();
            return HealthStatus.UP;
        });
        this.checks.start();
        awaitHanging(HealthChecks.MAX_THREADS - HealthChecks.MAX_WORKERS);
        int before = runs.get();
        this.clock.addAndGet(INTERVAL.toNanos());
        await().until(() -> runs.get() > before);
        await().until(() -> status("healthy").equals(HealthStatus.UP));
        assertThat(this.checks.states()).filteredOn((state) -> state.name().startsWith("check"))
            .extracting(CheckState::basis)
            .containsOnly(CheckState.Basis.LATE);
    }

    @Test
    void threadsAreBoundedHoweverManyChecksHangAndTheOthersGetStale() {
        hang("check", HealthChecks.MAX_CHECKS);
        this.checks.start();
        awaitHanging(HealthChecks.MAX_THREADS);
        for (int i = 0; i < 10; i++) {
            this.clock.addAndGet(STALE_AFTER.toNanos() + 1);
            this.checks.tick();
        }
        assertThat(this.hanging).hasValue(HealthChecks.MAX_THREADS);
        assertThat(this.mostHanging).hasValue(HealthChecks.MAX_THREADS);
        assertThat(this.checks.states()).hasSize(HealthChecks.MAX_CHECKS)
            .allMatch((state) -> state.status().equals(HealthStatus.DOWN))
            .extracting(CheckState::basis)
            .containsOnly(CheckState.Basis.LATE, CheckState.Basis.STALE);
        this.release.countDown();
        await().untilAsserted(
                () -> assertThat(this.checks.states()).extracting(CheckState::status).containsOnly(HealthStatus.UP));
        assertThat(this.mostHanging).hasValue(HealthChecks.MAX_THREADS);
    }

    @Test
    void checksWithinTheirTimeoutShareTheWorkers() {
        hang("check", HealthChecks.MAX_WORKERS + 10);
        this.checks.start();
        await().until(() -> this.hanging.get() == HealthChecks.MAX_WORKERS);
        this.checks.tick();
        assertThat(this.hanging).hasValue(HealthChecks.MAX_WORKERS);
        assertThat(this.checks.states()).extracting(CheckState::basis).containsOnly(CheckState.Basis.NONE);
    }

    @Test
    void hangingCheckThatIsUnregisteredAndRegisteredAgainIsNotStartedTwice() {
        hang("db", 1);
        this.checks.start();
        awaitHanging(1);
        HealthCheck check = this.source.get("db0");
        for (int i = 0; i < 20; i++) {
            this.source.clear();
            this.checks.tick();
            await().until(() -> this.checks.states().isEmpty());
            this.source.put("db0", check);
            this.clock.addAndGet(INTERVAL.toNanos());
            this.checks.tick();
            await().until(() -> !this.checks.states().isEmpty());
        }
        assertThat(this.mostHanging).hasValue(1);
        assertThat(this.checks.states()).extracting(CheckState::basis).containsExactly(CheckState.Basis.LATE);
        this.release.countDown();
        await().until(() -> status("db0").equals(HealthStatus.UP));
    }

    @Test
    void checksWhoseNamesNeverComeBackDoNotPileUp() {
        this.checks.start();
        for (int i = 0; i < 50; i++) {
            this.source.clear();
            hang("round" + i + "-", 10);
            this.checks.tick();
            this.clock.addAndGet(TIMEOUT.toNanos() + 1);
        }
        await().until(() -> this.checks.states().size() == 10);
        assertThat(this.mostHanging).hasValueLessThanOrEqualTo(HealthChecks.MAX_THREADS);
        this.source.clear();
        this.source.put("last", () -> HealthStatus.UP);
        this.release.countDown();
        await().until(() -> this.checks.states().size() == 1 && status("last").equals(HealthStatus.UP));
    }

    @Test
    void threadIsInterruptedOnceIfTheCheckWantsThat() {
        AtomicInteger interrupts = new AtomicInteger();
        CountDownLatch never = new CountDownLatch(1);
        this.checks = checks(Map.of("polite", new HealthTimings(TIMEOUT, INTERVAL, STALE_AFTER, true)));
        for (String name : new String[] { "polite", "left alone" }) {
            this.source.put(name, () -> {
                this.hanging.incrementAndGet();
                try {
                    (name.equals("polite") ? never : this.release).await();
                }
                catch (InterruptedException ex) {
                    interrupts.incrementAndGet();
                    throw ex;
                }
                return HealthStatus.UP;
            });
        }
        this.checks.start();
        await().until(() -> this.hanging.get() == 2);
        this.clock.addAndGet(TIMEOUT.toNanos() + 1);
        await().until(() -> this.checks.runs("polite").count() == 1);
        this.checks.tick();
        assertThat(interrupts).hasValue(1);
        assertThat(this.checks.state("polite")).extracting(CheckState::basis).isEqualTo(CheckState.Basis.LATE);
        assertThat(this.checks.runs("left alone").count()).isZero();
    }

    @Test
    void interruptThatIsIgnoredIsNotPassedOn() {
        AtomicInteger interrupted = new AtomicInteger();
        this.checks = checks(Map.of("deaf", new HealthTimings(TIMEOUT, INTERVAL, STALE_AFTER, true)));
        Thread[] thread = new Thread[1];
        this.source.put("deaf", () -> {
            thread[0] = Thread.currentThread();
            this.hanging.incrementAndGet();
            while (this.release.getCount() > 0) {
                Thread.onSpinWait();
            }
            return HealthStatus.UP;
        });
        this.source.put("next", () -> {
            interrupted.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
            return HealthStatus.UP;
        });
        this.checks.start();
        awaitHanging(1);
        await().until(() -> thread[0].isInterrupted());
        this.release.countDown();
        await().until(() -> this.checks.runs("deaf").count() == 1);
        for (int i = 0; i < 10; i++) {
            long runs = this.checks.runs("next").count();
            this.clock.addAndGet(INTERVAL.toNanos());
            await().until(() -> this.checks.runs("next").count() > runs);
        }
        assertThat(interrupted).hasValue(0);
    }

    private void hang(String name, int count) {
        for (int i = 0; i < count; i++) {
            this.source.put(name + i, () -> {
                this.mostHanging.accumulateAndGet(this.hanging.incrementAndGet(), Math::max);
                try {
                    this.release.await();
                }
                finally {
                    this.hanging.decrementAndGet();
                }
                return HealthStatus.UP;
            });
        }
    }

    // As long as there is a place, those that are late make one for those that wait.
    private void awaitHanging(int count) {
        await().until(() -> {
            this.clock.addAndGet(TIMEOUT.toNanos() + 1);
            return this.hanging.get() == count;
        });
    }

    private HealthStatus status(String name) {
        CheckState state = this.checks.state(name);
        assertThat(state).isNotNull();
        return state.status();
    }

    private HealthChecks checks(Map<String, HealthTimings> special) {
        return new HealthChecks(() -> List.of(() -> this.source), (name) -> true,
                new HealthSchedule(new HealthTimings(TIMEOUT, INTERVAL, STALE_AFTER, false), special),
                new RecordingListener(), this.clock::get, Clock.systemUTC());
    }

}
