package io.observability.starter.metrics.histogram;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.observability.starter.AllocatedBytes;
import io.prometheus.metrics.config.ExemplarsProperties;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.tracer.common.SpanContext;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SeriesExemplars} and those that have them.
 */
class ExemplarTests {

    private static final String OPENMETRICS = "application/openmetrics-text; version=1.0.0";

    private static final double[] BOUNDS = { 1, 10, Double.POSITIVE_INFINITY };

    private final MockClock clock = new MockClock();

    private final SeriesExemplars exemplars = new SeriesExemplars(
            new ExemplarSampling(ExemplarsProperties.builder().build(), new SampledSpan(), this.clock), BOUNDS);

    @Test
    void countersAndBucketsShowTheExemplarsThatMicrometersShow() {
        PrometheusMeterRegistry ours = registry(new SampledSpan());
        PrometheusMeterRegistry theirs = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, new PrometheusRegistry(),
                Clock.SYSTEM, new SampledSpan());
        List.of(ours, theirs).forEach(ExemplarTests::recordEach);
        assertThat(untimed(ours)).isEqualTo(untimed(theirs))
            .contains("orders_total{shop=\"berlin\"} 4.5 # {span_id=")
            .contains("size_bucket{le=\"5.0\"} 1 # {span_id=")
            .contains("wait_seconds_bucket{le=\"1.0\"} 1 # {span_id=");
    }

    private static void recordEach(MeterRegistry registry) {
        Counter orders = registry.counter("orders", "shop", "berlin");
        orders.increment(2.5);
        orders.increment(-1);
        orders.increment(2);
        DistributionSummary.builder("size").serviceLevelObjectives(5).register(registry).record(3);
        Timer.builder("wait")
            .serviceLevelObjectives(Duration.ofSeconds(1))
            .register(registry)
            .record(Duration.ofMillis(5));
    }

    @Test
    void anAmountBelongsToTheBucketWhoseBoundItReaches() {
        PrometheusMeterRegistry registry = registry(null);
        DistributionSummary size = DistributionSummary.builder("size")
            .serviceLevelObjectives(0.1, 0.5)
            .register(registry);
        size.record(0.1);
        size.record(0.3);
        size.record(0.5);
        assertThat(registry.scrape()).contains("size_bucket{le=\"0.1\"} 1\n", "size_bucket{le=\"0.5\"} 3\n");
        assertThat(size.takeSnapshot().histogramCounts()).extracting(CountAtBucket::count).containsExactly(1.0, 3.0);
    }

    private static String untimed(PrometheusMeterRegistry registry) {
        return registry.scrape(OPENMETRICS).replaceAll("(# \\{.*} \\S+) \\S+", "$1");
    }

    @Test
    void eachRangeKeepsOneAndReplacesItAfterAWhile() {
        offer(0.5);
        offer(0.7);
        offer(5);
        offer(1000);
        assertThat(values()).containsExactly(0.5, 5.0, 1000.0);
        this.clock.add(Duration.ofSeconds(8));
        offer(0.7);
        offer(1);
        assertThat(values()).containsExactly(0.7, 5.0, 1000.0);
    }

    @Test
    void whatIsTooOldIsShownNoLonger() {
        offer(5);
        this.clock.add(Duration.ofSeconds(70));
        assertThat(values()).containsExactly(5.0);
        this.clock.add(Duration.ofMillis(1));
        assertThat(values()).isEmpty();
        assertThat(this.exemplars.first()).isNull();
        offer(6);
        assertThat(values()).containsExactly(6.0);
    }

    @Test
    void aSeriesIsLeftAloneForAnIntervalAfterEachLook() {
        this.exemplars.offer(0.5);
        this.exemplars.offer(5);
        this.clock.add(Duration.ofMillis(89));
        this.exemplars.offer(5);
        assertThat(values()).containsExactly(0.5);
        this.clock.add(Duration.ofMillis(1));
        this.exemplars.offer(5);
        assertThat(values()).containsExactly(0.5, 5.0);
    }

    @Test
    void settingsOfThePrometheusClientHold() {
        SeriesExemplars soon = new SeriesExemplars(new ExemplarSampling(ExemplarsProperties.builder()
            .sampleIntervalMilliseconds(1)
            .minRetentionPeriodSeconds(1)
            .maxRetentionPeriodSeconds(2)
            .build(), new SampledSpan(), this.clock), new double[] { Double.POSITIVE_INFINITY });
        soon.offer(1);
        this.clock.add(Duration.ofMillis(1001));
        soon.offer(2);
        assertThat(soon.first()).extracting(Exemplar::getValue).isEqualTo(2.0);
        this.clock.add(Duration.ofMillis(2001));
        assertThat(soon.first()).isNull();
    }

    private void offer(double value) {
        this.clock.add(Duration.ofMillis(90));
        this.exemplars.offer(value);
    }

    private List<Double> values() {
        Exemplars collected = this.exemplars.collect();
        return Stream.iterate(0, (i) -> i < collected.size(), (i) -> i + 1)
            .map((i) -> collected.get(i).getValue())
            .toList();
    }

    // An exemplar comes now and then only, and is lost in the mean.
    @Test
    void anEventAllocatesNothing() {
        for (SpanContext spans : new SpanContext[] { null, new SampledSpan() }) {
            MeterRegistry registry = registry(spans);
            Counter counter = registry.counter("orders");
            assertThat(AllocatedBytes.perRun(counter::increment)).isZero();
            DistributionSummary summary = DistributionSummary.builder("size")
                .serviceLevelObjectives(5)
                .register(registry);
            assertThat(AllocatedBytes.perRun(() -> summary.record(3))).isZero();
        }
    }

    /**
     * A class loader of its own, since that thread, once started, is there for all tests.
     */
    @Test
    void noThreadIsStarted() throws Exception {
        Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
        URL[] classes = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(ExemplarTests::url)
            .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(classes, ClassLoader.getPlatformClassLoader())) {
            Class<?> alone = loader.loadClass(Recording.class.getName());
            ((Runnable) alone.getDeclaredConstructor().newInstance()).run();
        }
        assertThat(Thread.getAllStackTraces().keySet()).filteredOn((thread) -> !before.contains(thread))
            .extracting(Thread::getName)
            .noneMatch((name) -> name.startsWith("prometheus-"));
    }

    private static URL url(String path) {
        try {
            return Path.of(path).toUri().toURL();
        }
        catch (MalformedURLException ex) {
            throw new IllegalArgumentException(path, ex);
        }
    }

    private static PrometheusMeterRegistry registry(SpanContext spans) {
        return new HistogramMeterRegistry(PrometheusConfig.DEFAULT, new PrometheusRegistry(), Clock.SYSTEM, spans,
                Set.of("http.request.duration"), HistogramKind.CLASSIC);
    }

    /**
     * An event of each kind of meter, in a sampled trace.
     */
    public static final class Recording implements Runnable {

        @Override
        public void run() {
            PrometheusMeterRegistry registry = registry(new SampledSpan());
            recordEach(registry);
            registry.timer("http.request.duration").record(1, TimeUnit.SECONDS);
            registry.timer("plain").record(1, TimeUnit.SECONDS);
            registry.summary("amount").record(1);
            Timer.builder("percentiles").publishPercentiles(0.5).register(registry).record(1, TimeUnit.SECONDS);
            registry.more().longTaskTimer("task").start().stop();
            if (!registry.scrape(OPENMETRICS).contains("trace_id=\"" + SampledSpan.TRACE)) {
                throw new IllegalStateException("no exemplar");
            }
        }

    }

}
