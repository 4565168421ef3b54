package io.observability.benchmarks.metrics;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Answers a scrape of the series of requests, some 100, 1,000 and 10,000. Run it with
 * <pre>
 * mvn -pl src/benchmarks -am -DskipTests package
 * java -cp src/benchmarks/target/benchmarks.jar io.observability.benchmarks.MetricsLauncher SCRAPE
 * </pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class ScrapeBenchmark {

    /** 14 buckets, the last one, count, sum, and the counter or the maximum. */
    private static final int SERIES = 18;

    /** What answers. */
    @Param
    public Scraper contender = Scraper.STARTER;

    private Scraper.Scrapes hundred = () -> null;

    private Scraper.Scrapes thousand = this.hundred;

    private Scraper.Scrapes tenThousand = this.hundred;

    /**
     * Makes the series, and checks that they are shown: a contender that writes less is
     * no comparison.
     * @throws IOException never
     */
    @Setup
    public void makeSeries() throws IOException {
        this.hundred = filled(100);
        this.thousand = filled(1_000);
        this.tenThousand = filled(10_000);
    }

    private Scraper.Scrapes filled(int series) throws IOException {
        PrometheusRegistry registry = new PrometheusRegistry();
        Recorder.Requests requests = this.contender.recorder().in(registry);
        long routes = Math.round((double) series / SERIES);
        for (int i = 0; i < routes; i++) {
            requests.record("GET", "/api/products/{id}/part" + i, 200);
        }
        Scraper.Scrapes scrapes = this.contender.of(registry);
        byte[] body = Objects.requireNonNull(scrapes.scrape());
        long shown = new String(body, StandardCharsets.UTF_8).lines().filter((line) -> !line.startsWith("#")).count();
        if (shown < routes * SERIES) {
            throw new IllegalStateException("Shows " + shown + " series of " + routes * SERIES);
        }
        return scrapes;
    }

    /**
     * A small service.
     * @return the body
     * @throws IOException never
     */
    @Benchmark
    public byte @Nullable [] series100() throws IOException {
        return this.hundred.scrape();
    }

    /**
     * A service with many routes.
     * @return the body
     * @throws IOException never
     */
    @Benchmark
    public byte @Nullable [] series1000() throws IOException {
        return this.thousand.scrape();
    }

    /**
     * Too many.
     * @return the body
     * @throws IOException never
     */
    @Benchmark
    public byte @Nullable [] series10000() throws IOException {
        return this.tenThousand.scrape();
    }

}
