package io.observability.starter.metrics.cardinality;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of which series {@link CardinalityGuard} keeps, and of where it stands.
 */
class CardinalityGuardTests extends GuardedOrders {

    @Test
    void valuesUpToTheLimitAreUntouched() {
        guard(10).install(this.registry);
        for (int i = 0; i < 10; i++) {
            order("user-" + i);
        }
        assertThat(values(this.registry, "user")).hasSize(10).doesNotContain(OTHER);
    }

    @Test
    void valuesAboveTheLimitAreFoldedAndCounted() {
        CardinalityGuard guard = guard(10);
        guard.install(this.registry);
        for (int i = 0; i < 1000; i++) {
            order("user-" + i);
            order("user-" + i);
        }
        assertThat(values(this.registry, "user")).hasSize(11).contains("user-0", "user-9", OTHER);
        assertThat(count(OTHER)).isEqualTo(2 * 990);
        MeterCardinality orders = guard.report().get(0);
        assertThat(orders.meter()).isEqualTo("orders");
        assertThat(orders.series()).isEqualTo(11);
        assertThat(orders.folded()).isEqualTo(2 * 990);
        assertThat(orders.tags().get(0).distinct()).isCloseTo(1000, Percentage.withPercentage(20));
    }

    @Test
    void theFirstFoldedValueIsCountedEachTimeToo() {
        CardinalityGuard guard = guard(1);
        guard.install(this.registry);
        order("kept");
        for (int i = 0; i < 100; i++) {
            order("folded");
        }
        assertThat(count(OTHER)).isEqualTo(100);
        assertThat(guard.report().get(0).folded()).isEqualTo(100);
    }

    @Test
    void aCompositeItsChildrenAndTheStaticRegistryStayBounded() {
        CompositeMeterRegistry composite = new CompositeMeterRegistry();
        SimpleMeterRegistry simple = new SimpleMeterRegistry();
        PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (CardinalityGuard guard = guard(20)) {
            List.of(prometheus, simple, composite).forEach(guard::install);
            composite.add(simple).add(prometheus);
            guard.installGlobally();
            Metrics.addRegistry(composite);
            for (int i = 0; i < 2000; i++) {
                composite.counter("orders", "user", "user-" + i).increment();
                Metrics.counter("orders.static", "user", "user-" + i).increment();
            }
            for (MeterRegistry each : List.of(composite, simple, prometheus)) {
                assertThat(each.find("orders").meters()).hasSize(21);
            }
            assertThat(Metrics.globalRegistry.find("orders.static").meters()).hasSize(21);
            assertThat(prometheus.find("orders.static").meters()).hasSize(21);
            assertThat(prometheus.get("orders").tag("user", OTHER).counter().count()).isEqualTo(1980);
            assertThat(guard.report()).extracting(MeterCardinality::folded).containsExactly(1980L, 1980L);
        }
        finally {
            Metrics.removeRegistry(composite);
            Metrics.globalRegistry.clear();
        }
    }

    @Test
    void afterCloseTheStaticRegistryIsFree() {
        CardinalityGuard guard = guard(1);
        guard.installGlobally();
        guard.close();
        for (int i = 0; i < 10; i++) {
            Metrics.counter("free", "user", "user-" + i);
        }
        assertThat(Metrics.globalRegistry.find("free").meters()).hasSize(10);
        Metrics.globalRegistry.clear();
    }

    @Test
    void isInstalledOnce() {
        CardinalityGuard guard = guard(1);
        guard.install(this.registry);
        guard.install(this.registry);
        order("kept");
        order("folded");
        assertThat(guard.report().get(0).folded()).isEqualTo(1);
    }

    @Test
    void theFoldedSeriesHasTheBucketsOfTheOthers() {
        PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        CompositeMeterRegistry composite = new CompositeMeterRegistry();
        CardinalityGuard guard = guard(1);
        guard.install(prometheus);
        guard.install(composite);
        composite.add(prometheus);
        for (String user : List.of("kept", "folded", "folded")) {
            Timer.builder("latency")
                .serviceLevelObjectives(Duration.ofMillis(100), Duration.ofMillis(300))
                .tag("user", user)
                .register(composite)
                .record(Duration.ofMillis(200));
        }
        assertThat(prometheus.scrape()).contains("latency_seconds_bucket{user=\"_other\",le=\"0.1\"} 0")
            .contains("latency_seconds_bucket{user=\"_other\",le=\"0.3\"} 2")
            .contains("latency_seconds_count{user=\"_other\"} 2");
    }

    @Test
    void gaugesAboveTheLimitAreNotShownInTheNameOfOthers() {
        CardinalityGuard guard = guard(3);
        guard.install(this.registry);
        List<AtomicInteger> numbers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            AtomicInteger number = new AtomicInteger(i);
            numbers.add(number);
            Gauge.builder("queue", number, AtomicInteger::get).tag("user", "user-" + i).register(this.registry);
            FunctionCounter.builder("done", number, AtomicInteger::get)
                .tag("user", "user-" + i)
                .register(this.registry);
        }
        assertThat(numbers).hasSize(10);
        assertThat(this.registry.find("queue").meters()).hasSize(3);
        assertThat(this.registry.find("done").meters()).hasSize(3);
        assertThat(folded(guard, "queue")).isEqualTo(7);
        assertThat(folded(guard, "done")).isEqualTo(7);
    }

    @Test
    void removedMetersMakeRoom() {
        CardinalityGuard guard = guard(3);
        guard.install(this.registry);
        for (int i = 0; i < 50; i++) {
            AtomicInteger number = new AtomicInteger(i);
            Gauge gauge = Gauge.builder("consumer.lag", number, AtomicInteger::get)
                .tag("client", "client-" + i)
                .register(this.registry);
            assertThat(gauge.value()).isEqualTo(i);
            this.registry.remove(gauge);
        }
        assertThat(folded(guard, "consumer.lag")).isZero();
    }

    @Test
    void metersThatWereThereKeepTheirSeries() {
        for (int i = 0; i < 5; i++) {
            order("early-" + i);
        }
        CardinalityGuard guard = guard(2);
        guard.install(this.registry);
        order("early-4");
        order("late");
        guard.review();
        assertThat(values(this.registry, "user")).hasSize(6);
        assertThat(guard.report().get(0).tags().get(0).kept()).isEqualTo(2);
    }

    @Test
    void percentilesOfATimerComeAndGoWithIt() {
        CardinalityGuard guard = guard(2);
        guard.install(this.registry);
        for (int i = 0; i < 10; i++) {
            Timer.builder("latency").publishPercentiles(0.5, 0.9).tag("user", "u" + i).register(this.registry);
        }
        assertThat(this.registry.find("latency").meters()).hasSize(3);
        assertThat(this.registry.find("latency.percentile").meters()).hasSize(6);
        assertThat(guard.report()).singleElement().extracting(MeterCardinality::folded).isEqualTo(8L);
    }

    @Test
    void whoBoundsItsTagsItselfIsLeftAloneAndCounted() {
        CardinalityGuard guard = guard(1);
        guard.install(this.registry);
        FoldedTag routes = guard.bounded("route", 5, "observability.metrics.max-routes", "requests", "duration");
        for (int i = 0; i < 5; i++) {
            this.registry.counter("requests", "route", "/" + i).increment();
            this.registry.counter("duration", "route", "/" + i).increment();
        }
        routes.folded("/5");
        routes.folded("/5");
        assertThat(values(this.registry, "route")).hasSize(5);
        assertThat(guard.report()).singleElement().satisfies((meter) -> {
            assertThat(meter.meter()).isEqualTo("requests");
            assertThat(meter.folded()).isEqualTo(2);
            assertThat(meter.tags().get(0).rule()).isEqualTo("observability.metrics.max-routes");
        });
    }

    @Test
    void filtersBeforeAndAfterKeepTheirSay() {
        CardinalityGuard guard = guard(2);
        this.registry.config().meterFilter(new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                return id.getName().startsWith("shop.") ? id : id.withName("shop." + id.getName());
            }
        });
        guard.install(this.registry);
        this.registry.config().commonTags("region", "north");
        for (int i = 0; i < 10; i++) {
            order("user-" + i);
        }
        assertThat(this.registry.find("shop.orders").tag("region", "north").meters()).hasSize(3);
        promote(guard, () -> order("hot"));
        order("hot");
        assertThat(values(this.registry, "user")).hasSize(3).contains("hot");
    }

}
