package io.observability.benchmarks.metrics;

import java.util.concurrent.TimeUnit;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Records a request whose series exist: its duration, and that it was there. Eight routes
 * in turn. Run it with <pre>
 * mvn -pl src/benchmarks -am -DskipTests package
 * java -cp src/benchmarks/target/benchmarks.jar io.observability.benchmarks.MetricsLauncher RECORD
 * </pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class RequestRecordBenchmark {

    private static final int ROUTES = 8;

    /** What records. */
    @Param
    public Recorder contender = Recorder.STARTER;

    private final String[] routes = new String[ROUTES];

    private Recorder.Requests requests = (method, route, code) -> {
    };

    private int next;

    /**
     * Makes the series.
     */
    @Setup
    public void makeSeries() {
        this.requests = this.contender.in(new PrometheusRegistry());
        for (int i = 0; i < ROUTES; i++) {
            this.routes[i] = "/api/products/{id}/part" + i;
            this.requests.record("GET", this.routes[i], 200);
        }
    }

    /**
     * One request.
     */
    @Benchmark
    public void record() {
        this.requests.record("GET", this.routes[this.next++ & (ROUTES - 1)], 200);
    }

}
