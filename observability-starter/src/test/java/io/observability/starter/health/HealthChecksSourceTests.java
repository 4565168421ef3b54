package io.observability.starter.health;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/**
 * Tests of what {@link HealthChecks} are told to run, and of whom they tell.
 */
class HealthChecksSourceTests extends RunningChecks {

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

}
