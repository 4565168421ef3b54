package io.observability.starter.metrics.histogram;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ValueFamilies}: a scrape shows what Micrometer's registry shows.
 */
class ValueFamiliesTests {

    private static final List<String> NAMES = List.of("orders.open", "orders_open", "stock", "build.info", "time");

    private static final List<String> FORMATS = List.of("text/plain; version=0.0.4",
            "application/openmetrics-text; version=1.0.0",
            "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited");

    private static final List<BiFunction<MeterRegistry, Id, Meter>> KINDS = List.of(
            (registry, id) -> Gauge.builder(id.name(), () -> 7).description("Open").tags(id.tags()).register(registry),
            (registry, id) -> FunctionCounter.builder(id.name(), NAMES, (any) -> 3).tags(id.tags()).register(registry),
            (registry, id) -> TimeGauge.builder(id.name(), () -> 1500, TimeUnit.MILLISECONDS)
                .tags(id.tags())
                .register(registry),
            (registry, id) -> Counter.builder(id.name()).tags(id.tags()).register(registry),
            (registry, id) -> DistributionSummary.builder(id.name())
                .serviceLevelObjectives(id.buckets(1, 5, 70))
                .tags(id.tags())
                .register(registry),
            (registry, id) -> Timer.builder(id.name())
                .serviceLevelObjectives(id.buckets(Duration.ofMillis(5), Duration.ofSeconds(1)))
                .tags(id.tags())
                .register(registry),
            (registry, id) -> LongTaskTimer.builder(id.name()).tags(id.tags()).register(registry),
            (registry, id) -> FunctionTimer
                .builder(id.hasBuckets() ? "pauses" : id.name(), NAMES, (any) -> 2, (any) -> 500, TimeUnit.MILLISECONDS)
                .tags(id.tags())
                .register(registry));

    private static final double[] AMOUNTS = { 0, 0.1, 0.25, 1, 7, 70.5, 1e9, -1, Double.NaN };

    private final PrometheusMeterRegistry registry = ours();

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 3, 4, 5, 6, 7, 8 })
    void whateverIsAddedAndRemovedAScrapeShowsWhatMicrometerShows(int seed) {
        Random random = new Random(seed);
        for (int run = 0; run < 100; run++) {
            PrometheusMeterRegistry ours = ours();
            PrometheusMeterRegistry theirs = theirs();
            List<Runnable> removals = new ArrayList<>();
            List<DoubleConsumer> events = new ArrayList<>();
            for (int step = 0; step < 12; step++) {
                if (!removals.isEmpty() && random.nextInt(4) == 0) {
                    removals.remove(random.nextInt(removals.size())).run();
                }
                else {
                    Id id = new Id(NAMES.get(random.nextInt(NAMES.size())), tags(random));
                    BiFunction<MeterRegistry, Id, Meter> kind = KINDS.get(random.nextInt(KINDS.size()));
                    removals.add(add(kind, id, ours, theirs, events));
                }
                // Also to those that are gone, or were left to Micrometer.
                events.forEach((event) -> event.accept(AMOUNTS[random.nextInt(AMOUNTS.length)]));
                for (String format : FORMATS) {
                    assertThat(ours.scrape(format)).isEqualTo(theirs.scrape(format));
                }
            }
        }
    }

    private static Runnable add(BiFunction<MeterRegistry, Id, Meter> kind, Id id, MeterRegistry ours,
            MeterRegistry theirs, List<DoubleConsumer> events) {
        Meter theirMeter = attempt(() -> kind.apply(theirs, id));
        Meter ourMeter = attempt(() -> kind.apply(ours, id));
        assertThat(ourMeter == null).isEqualTo(theirMeter == null);
        events.add((amount) -> {
            happen(ourMeter, amount);
            happen(theirMeter, amount);
        });
        return () -> {
            if (ourMeter != null && theirMeter != null) {
                ours.remove(ourMeter);
                theirs.remove(theirMeter);
            }
        };
    }

    private static void happen(Meter meter, double amount) {
        if (meter instanceof Counter counter) {
            counter.increment(amount);
        }
        else if (meter instanceof DistributionSummary summary) {
            summary.record(amount);
        }
        else if (meter instanceof Timer timer) {
            timer.record((long) (amount * 1000), TimeUnit.MICROSECONDS);
        }
    }

    // The same name and tags with another type is refused by every registry.
    private static Meter attempt(Supplier<Meter> registration) {
        try {
            return registration.get();
        }
        catch (IllegalArgumentException ex) {
            return null;
        }
    }

    private static Tags tags(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> Tags.empty();
            case 1 -> Tags.of("shop", "a\"b\\c\nd");
            default -> Tags.of("shop", "berlin", "till", Integer.toString(random.nextInt(2)));
        };
    }

    @Test
    void seriesOfAFamilyAreReadWhenTheyAreScraped() {
        List<Integer> open = new ArrayList<>();
        Gauge.builder("orders.open", open, List::size).tag("shop", "berlin").register(this.registry);
        Gauge.builder("orders.open", () -> Double.NaN).tag("shop", "paris").register(this.registry);
        open.add(1);
        assertThat(this.registry.scrape()).contains("orders_open{shop=\"berlin\"} 1.0\n")
            .contains("orders_open{shop=\"paris\"} NaN\n");
    }

    @Test
    void counterThatCanNotBeToldIsLeftOutAndTheScrapeGoesOn() {
        FunctionCounter.builder("sent", this, (any) -> -1).register(this.registry);
        FunctionCounter.builder("broken", this, (any) -> {
            throw new IllegalStateException("expected");
        }).tag("kind", "all").register(this.registry);
        FunctionCounter.builder("received", this, (any) -> 3).register(this.registry);
        assertThat(this.registry.scrape()).contains("received_total 3.0\n")
            .doesNotContain("sent_total")
            .doesNotContain("kind=");
    }

    private static PrometheusMeterRegistry ours() {
        return new HistogramMeterRegistry(PrometheusConfig.DEFAULT, new PrometheusRegistry(), new MockClock(), null,
                Set.of("http.requests"), HistogramKind.CLASSIC);
    }

    private static PrometheusMeterRegistry theirs() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, new PrometheusRegistry(), new MockClock());
    }

    private record Id(String name, Tags tags) {

        /** By the name, since Micrometer can't show a family where only some have. */
        boolean hasBuckets() {
            return this.name.startsWith("orders");
        }

        double[] buckets(double... bounds) {
            return hasBuckets() ? bounds : new double[0];
        }

        Duration[] buckets(Duration... bounds) {
            return hasBuckets() ? bounds : new Duration[0];
        }

    }

}
