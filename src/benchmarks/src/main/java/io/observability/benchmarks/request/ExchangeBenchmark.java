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
 * One empty answer through the handler that WebFlux builds, with a mock request and a
 * mock response, which are most of the floor. Span, duration and trace context; finished
 * spans are dropped. Run it with <pre>
 * mvn -pl src/benchmarks -am -DskipTests package
 * java -cp src/benchmarks/target/benchmarks.jar io.observability.benchmarks.MetricsLauncher EXCHANGE
 * </pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class ExchangeBenchmark {

    /** What observes. */
    @Param
    public HttpObserver contender = HttpObserver.BARE;

    private final Exchanges exchanges = new Exchanges();

    /**
     * A trace that is not recorded.
     * @return status of the answer
     */
    @Benchmark
    public int unsampled() {
        return this.exchanges.ask(this.contender, false, false);
    }

    /**
     * A trace that is recorded.
     * @return status of the answer
     */
    @Benchmark
    public int sampled() {
        return this.exchanges.ask(this.contender, true, false);
    }

    /**
     * The same where operators of Reactor see the context, as the starter sets it.
     * @return status of the answer
     */
    @Benchmark
    public int propagated() {
        return this.exchanges.ask(this.contender, true, true);
    }

}
