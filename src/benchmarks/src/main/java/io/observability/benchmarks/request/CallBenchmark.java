package io.observability.benchmarks.request;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * One call of {@code RestClient} with a template, which is answered in memory with a
 * short body by a mock request and a mock response. Span, duration and trace context;
 * finished spans are dropped. Run it with <pre>
 * mvn -pl src/benchmarks -am -DskipTests package
 * java -cp src/benchmarks/target/benchmarks.jar io.observability.benchmarks.MetricsLauncher CALL
 * </pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class CallBenchmark {

    /** What observes. */
    @Param
    public HttpObserver contender = HttpObserver.BARE;

    private final Calls calls = new Calls();

    /**
     * The call begins a trace that is not recorded.
     * @return body of the answer
     */
    @Benchmark
    public String unsampled() {
        return this.calls.call(this.contender, false, false);
    }

    /**
     * The call begins a trace that is recorded.
     * @return body of the answer
     */
    @Benchmark
    public String sampled() {
        return this.calls.call(this.contender, true, false);
    }

    /**
     * The call belongs to a request that is not recorded.
     * @return body of the answer
     */
    @Benchmark
    public String unsampledWithin() {
        return this.calls.call(this.contender, false, true);
    }

    /**
     * The call belongs to a request that is recorded.
     * @return body of the answer
     */
    @Benchmark
    public String sampledWithin() {
        return this.calls.call(this.contender, true, true);
    }

}
