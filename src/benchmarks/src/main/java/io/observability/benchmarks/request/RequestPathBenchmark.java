package io.observability.benchmarks.request;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import com.sun.management.OperatingSystemMXBean;
import jakarta.servlet.ServletException;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import org.springframework.mock.web.MockHttpServletResponse;

/**
 * One {@code GET /hello/{id}} through the filters and the {@code DispatcherServlet} of a
 * real Spring Boot context: an INFO line is written, three DEBUG calls are not. Requests
 * carry no trace context. Run all variants, interleaved in rounds, from the root of the
 * project with <pre>
 * mvn -q -pl src/benchmarks -am -DskipTests package
 * java -jar src/benchmarks/target/benchmarks.jar
 * </pre> which replaces {@code src/benchmarks/results/request-path.json}.
 * <p>
 * Each fork has the class path of its variant and nothing else, declared by a module
 * under {@code src/benchmarks/variants}:
 * <ul>
 * <li>{@code SILENT}, {@code BARE}: spring-boot-starter-webmvc; no log at all, and Spring
 * Boot's text log.
 * <li>{@code STOCK_10}, {@code STOCK_100}: the same with spring-boot-starter-actuator,
 * spring-boot-starter-opentelemetry and micrometer-registry-prometheus; logs in the
 * {@code logstash} format of Spring Boot, export of metrics by OTLP off.
 * <li>{@code STARTER_10}, {@code STARTER_100}: spring-boot-starter-webmvc and
 * observability-starter as they come.
 * </ul>
 * The number is the share of traces that are sampled, in percent. Console output and
 * finished spans are counted and discarded; versions are those of the Spring Boot that
 * the build manages, and the results name them.
 * <p>
 * Limits: one thread, mock requests (about 11 kB of each figure), no container, no
 * network.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RequestPathBenchmark {

    private static final int PATHS = 1024;

    /** What the service has; the launcher gives the fork the class path for it. */
    @Param
    public Variant variant = Variant.BARE;

    /**
     * Requests before the first iteration. Time alone does not warm up: on a busy machine
     * ten seconds can pass before the compiler has had its turn.
     */
    @Param("50000")
    public int warmUpRequests;

    private final String[] paths = new Random(42).ints(PATHS, 1, 100_000)
        .mapToObj((id) -> "/hello/" + id)
        .toArray(String[]::new);

    @SuppressWarnings("NullAway.Init")
    private HelloService service;

    private int next;

    @Setup
    public void start() throws IOException, ServletException {
        this.service = HelloService.start(this.variant, Delivery.discardingOutput());
        for (int i = 0; i < this.warmUpRequests; i++) {
            ask();
        }
    }

    @TearDown
    public void stop() {
        this.service.close();
    }

    @Benchmark
    public byte[] hello(Delivered delivered) throws IOException, ServletException {
        delivered.requests++;
        return ask();
    }

    private byte[] ask() throws IOException, ServletException {
        MockHttpServletResponse response = this.service.get(this.paths[this.next++ & (PATHS - 1)]);
        if (response.getStatus() != 200) {
            throw new IllegalStateException("Answered " + response.getStatus());
        }
        return response.getContentAsByteArray();
    }

    /**
     * What an iteration delivered. Spans arrive in batches, so that an iteration may
     * count a few hundred of its neighbour.
     */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Delivered {

        /** Requests answered. */
        public long requests;

        private long spansBefore;

        private long logBytesBefore;

        private long processorBefore;

        @Setup(Level.Iteration)
        public void mark() {
            this.spansBefore = Delivery.SPANS.sum();
            this.logBytesBefore = Delivery.LOG_BYTES.sum();
            this.processorBefore = processorNanos();
        }

        /**
         * Spans that the exporter was given.
         * @return a count
         */
        public long spans() {
            return Delivery.SPANS.sum() - this.spansBefore;
        }

        /**
         * What the console was given.
         * @return bytes
         */
        public long logBytes() {
            return Delivery.LOG_BYTES.sum() - this.logBytesBefore;
        }

        /**
         * Processor time of all threads, which other work on the machine disturbs far
         * less than the time on the wall.
         * @return nanoseconds
         */
        public long cpuNanos() {
            return processorNanos() - this.processorBefore;
        }

        private static long processorNanos() {
            return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
        }

    }

}
