package io.observability.starter.health;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of how {@link HealthChecks} start and stop, and of who waits for them.
 */
class HealthChecksLifecycleTests extends RunningChecks {

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

    private void awaitRelease() {
        try {
            this.release.await();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

}
