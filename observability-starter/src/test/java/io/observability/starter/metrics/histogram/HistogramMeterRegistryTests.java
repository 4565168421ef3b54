package io.observability.starter.metrics.histogram;

import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import io.prometheus.metrics.tracer.common.SpanContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class HistogramMeterRegistryTests {

    private static final Duration[] BUCKETS = { Duration.ofMillis(5), Duration.ofMillis(100), Duration.ofSeconds(1) };

    private final PrometheusRegistry prometheus = new PrometheusRegistry();

    private final HistogramMeterRegistry registry = registry(HistogramKind.CLASSIC, null);

    @Test
    void showsWhatMicrometersTimerShows() {
        PrometheusMeterRegistry stock = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        long seed = System.nanoTime();
        for (MeterRegistry each : new MeterRegistry[] { this.registry, stock }) {
            Random random = new Random(seed);
            for (int i = 0; i < 2_000; i++) {
                timer(each, "/" + random.nextInt(5)).record(random.nextInt(2_000_000), TimeUnit.MICROSECONDS);
            }
            // On the bound, and nothing at all.
            timer(each, "/").record(5, TimeUnit.MILLISECONDS);
            timer(each, "/").record(0, TimeUnit.MILLISECONDS);
        }
        assertThat(lines(this.registry.scrape())).as("seed %d", seed).isEqualTo(lines(stock.scrape()));
    }

    @Test
    void isAnOrdinaryTimer() {
        Timer timer = timer(this.registry, "/");
        timer.record(Duration.ofMillis(5));
        timer.record(Duration.ofMillis(50));
        timer.record(Duration.ofSeconds(3));
        timer.record(-1, TimeUnit.SECONDS);
        assertThat(timer).isInstanceOf(HistogramTimer.class).isSameAs(timer(this.registry, "/"));
        assertThat(this.registry.get("wait").timer()).isSameAs(timer);
        assertThat(timer.count()).isEqualTo(3);
        assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(3055);
        assertThat(timer.max(TimeUnit.SECONDS)).isEqualTo(3);
        HistogramSnapshot snapshot = timer.takeSnapshot();
        assertThat(snapshot.count()).isEqualTo(3);
        assertThat(snapshot.max(TimeUnit.SECONDS)).isEqualTo(3);
        assertThat(snapshot.histogramCounts()).extracting(CountAtBucket::count).containsExactly(1.0, 2.0, 2.0);
        assertThat(snapshot.histogramCounts()).extracting((bucket) -> bucket.bucket(TimeUnit.MILLISECONDS))
            .containsExactly(5.0, 100.0, 1000.0);
    }

    @Test
    void otherTimersStayMicrometers() {
        assertThat(this.registry.timer("other")).isNotInstanceOf(HistogramTimer.class);
        assertThat(Timer.builder("wait").publishPercentiles(0.5).register(this.registry))
            .isNotInstanceOf(HistogramTimer.class);
    }

    @Test
    void filtersAndCommonTagsApply() {
        this.registry.config()
            .commonTags("zone", "a")
            .meterFilter(MeterFilter.deny((id) -> "/secret".equals(id.getTag("route"))));
        timer(this.registry, "/secret").record(Duration.ofMillis(5));
        timer(this.registry, "/").record(Duration.ofMillis(5));
        assertThat(this.registry.scrape()).contains("wait_seconds_count{route=\"/\",zone=\"a\"} 1")
            .doesNotContain("secret");
    }

    @Test
    void aTimerThatIsRemovedIsGoneFromTheScrapeAndMayComeBack() {
        Timer timer = timer(this.registry, "/one");
        timer(this.registry, "/two");
        this.registry.remove(timer);
        assertThat(this.registry.scrape()).contains("/two").doesNotContain("/one");
        this.registry.remove(timer(this.registry, "/two"));
        assertThat(this.registry.scrape()).isEmpty();
        timer(this.registry, "/one").record(Duration.ofMillis(5));
        assertThat(this.registry.scrape()).contains("wait_seconds_count{route=\"/one\"} 1");
    }

    @Test
    void theOtherRegistriesOfACompositeSeeTheSame() {
        SimpleMeterRegistry simple = new SimpleMeterRegistry();
        CompositeMeterRegistry composite = new CompositeMeterRegistry(Clock.SYSTEM);
        composite.add(this.registry);
        composite.add(simple);
        timer(composite, "/").record(Duration.ofMillis(50));
        assertThat(this.registry.scrape()).contains("wait_seconds_bucket{route=\"/\",le=\"0.1\"} 1");
        assertThat(simple.get("wait").timer().takeSnapshot().histogramCounts())
            .anySatisfy((bucket) -> assertThat(bucket.count()).isEqualTo(1));
    }

    @Test
    void nativeBucketsAreThoseOfThePrometheusClient() {
        HistogramMeterRegistry registry = registry(HistogramKind.BOTH, null);
        Histogram client = Histogram.builder()
            .name("client")
            .nativeOnly()
            .nativeInitialSchema(NativeScale.SCHEMA)
            .nativeMaxNumberOfBuckets(0)
            .nativeMinZeroThreshold(NativeScale.ZERO_THRESHOLD)
            .nativeMaxZeroThreshold(NativeScale.ZERO_THRESHOLD)
            .withoutExemplars()
            .build();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Timer timer = timer(registry, "/");
        for (int i = 0; i < 20_000; i++) {
            // Nanoseconds to hours, evenly on a logarithmic scale.
            long nanos = (long) Math.pow(2, random.nextDouble() * 44);
            timer.record(nanos, TimeUnit.NANOSECONDS);
            client.observe(nanos / 1e9);
        }
        HistogramDataPointSnapshot ours = dataPoint();
        HistogramDataPointSnapshot theirs = client.collect().getDataPoints().get(0);
        assertThat(ours.getNativeSchema()).isEqualTo(theirs.getNativeSchema());
        assertThat(ours.getNativeZeroThreshold()).isEqualTo(theirs.getNativeZeroThreshold());
        assertThat(ours.getNativeZeroCount()).as("seed %d", seed).isEqualTo(theirs.getNativeZeroCount());
        assertThat(text(ours.getNativeBucketsForPositiveValues())).as("seed %d", seed)
            .isEqualTo(text(theirs.getNativeBucketsForPositiveValues()));
        assertThat(ours.getCount()).isEqualTo(20_000);
        assertThat(ours.getSum()).isCloseTo(theirs.getSum(), org.assertj.core.data.Percentage.withPercentage(1e-6));
    }

    @Test
    void longerThanTheLastNativeBucketIsCountedInIt() {
        timer(registry(HistogramKind.NATIVE, null), "/").record(Duration.ofDays(400));
        HistogramDataPointSnapshot point = dataPoint();
        assertThat(point.hasClassicHistogramData()).isFalse();
        assertThat(text(point.getNativeBucketsForPositiveValues())).isEqualTo("136:1");
        assertThat(point.getCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(HistogramKind.class)
    void aSampledTraceLeavesAnExemplar(HistogramKind kind) {
        HistogramMeterRegistry registry = registry(kind, new SampledSpan());
        timer(registry, "/").record(Duration.ofMillis(50));
        assertThat(dataPoint().getExemplars().size()).isEqualTo(1);
        assertThat(dataPoint().getExemplars().get(0).getLabels().get("trace_id"))
            .isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(dataPoint().getExemplars().get(0).getValue()).isEqualTo(0.05);
        assertThat(registry.scrape("application/openmetrics-text")).contains("# {span_id=");
    }

    @Test
    void whatIsCreatedSaysWhen() {
        MockClock clock = new MockClock();
        clock.add(Duration.ofSeconds(100));
        timer(new HistogramMeterRegistry(PrometheusConfig.DEFAULT, this.prometheus, clock, null, Set.of("wait"),
                HistogramKind.CLASSIC), "/");
        assertThat(dataPoint().getCreatedTimestampMillis()).isEqualTo(clock.wallTime());
    }

    private HistogramDataPointSnapshot dataPoint() {
        return ((io.prometheus.metrics.model.snapshots.HistogramSnapshot) this.prometheus.scrape().get(0))
            .getDataPoints()
            .get(0);
    }

    private HistogramMeterRegistry registry(HistogramKind kind, SpanContext spans) {
        return new HistogramMeterRegistry(PrometheusConfig.DEFAULT, this.prometheus, Clock.SYSTEM, spans,
                Set.of("wait"), kind);
    }

    private static Timer timer(MeterRegistry registry, String route) {
        return Timer.builder("wait")
            .description("Waits.")
            .tag("route", route)
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
    }

    private static Set<String> lines(String scrape) {
        return scrape.lines().filter((line) -> !line.contains("_max")).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String text(NativeHistogramBuckets buckets) {
        return buckets.stream()
            .map((bucket) -> bucket.getBucketIndex() + ":" + bucket.getCount())
            .collect(Collectors.joining(" "));
    }

}
