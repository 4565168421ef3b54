package io.observability.benchmarks.metrics;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Looks a counter up by its tag and counts, as code does that has a value in its hand:
 * with a value that has a series, and with values that come for the first time while 100
 * others are there. All with a registry of Prometheus. Run all of it with <pre>
 * mvn -pl src/benchmarks -am -DskipTests package
 * java -cp src/benchmarks/target/benchmarks.jar io.observability.benchmarks.MetricsLauncher GUARD
 * </pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class CardinalityGuardBenchmark {

    static final String METER = "orders";

    static final String TAG = "user";

    static final int LIMIT = 100;

    /** More than an iteration looks up. */
    private static final int VALUES = 1 << 20;

    /** What bounds the values. */
    @Param
    public Limiter contender = Limiter.NONE;

    private final String[] values = new String[VALUES];

    private MeterRegistry registry = new CompositeMeterRegistry();

    private int next;

    /**
     * Makes the values beforehand.
     */
    @Setup
    public void makeValues() {
        for (int i = 0; i < VALUES; i++) {
            this.values[i] = "user-" + i;
        }
    }

    /**
     * Begins each iteration with a registry that knows as many values as are allowed.
     */
    @Setup(Level.Iteration)
    public void makeRegistry() {
        this.registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        this.contender.install(this.registry);
        for (this.next = 0; this.next < LIMIT; this.next++) {
            this.registry.counter(METER, TAG, this.values[this.next]).increment();
        }
    }

    /**
     * A value that has a series.
     * @return the counter
     */
    @Benchmark
    public Counter knownValue() {
        Counter counter = this.registry.counter(METER, TAG, this.values[7]);
        counter.increment();
        return counter;
    }

    /**
     * A value that comes for the first time.
     * @return the counter
     */
    @Benchmark
    public Counter newValue() {
        Counter counter = this.registry.counter(METER, TAG, this.values[this.next++ & (VALUES - 1)]);
        counter.increment();
        return counter;
    }

}
