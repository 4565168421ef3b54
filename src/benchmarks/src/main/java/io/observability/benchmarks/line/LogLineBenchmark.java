package io.observability.benchmarks.line;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;

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
import org.openjdk.jmh.infra.BenchmarkParams;
import org.slf4j.MDC;

/**
 * One log line, from the SLF4J call to a sink that forgets it. Run all rows, interleaved
 * in rounds, from the root of the project with <pre>
 * mvn -q -pl src/benchmarks -am -DskipTests package
 * java -cp src/benchmarks/target/benchmarks.jar io.observability.benchmarks.LogLineLauncher
 * </pre> which replaces the results of the Java that runs it,
 * {@code src/benchmarks/results/log-line-17.json} or {@code log-line-25.json}.
 * <p>
 * Workloads: {@code KEY_VALUES} has 8 key-values by the fluent interface, {@code CONTEXT}
 * 8 entries of the MDC that stay, {@code CHANGED_CONTEXT} the same with one put before
 * each line, {@code EXCEPTION} 30 frames and a cause of 32 that shares 26,
 * {@code DISABLED} a level that is off. Each line but the last has a message of two
 * arguments.
 * <p>
 * Limits: one thread, the same exception each time, no system call.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LogLineBenchmark {

    /** Who writes; the launcher gives the fork the class path for it. */
    @Param
    public LineRow row = LineRow.FLOOR;

    /**
     * Lines before the first iteration, a tenth of it for exceptions. Time alone does not
     * warm up: on a busy machine seconds can pass before the compiler has had its turn.
     */
    @Param("100000")
    public int warmUpLines;

    private final LineSink sink = new LineSink();

    @SuppressWarnings("NullAway.Init")
    private LineBackend backend;

    @SuppressWarnings("NullAway.Init")
    private LogCalls calls;

    @Setup
    public void start(BenchmarkParams params) {
        this.backend = this.row.start(this.sink);
        this.calls = new LogCalls();
        String workload = params.getBenchmark().substring(params.getBenchmark().lastIndexOf('.') + 1);
        switch (workload) {
            case "keyValues" -> warmUp(this.warmUpLines, this.calls::keyValues);
            case "exception" -> warmUp(this.warmUpLines / 10, this::fail);
            case "disabled" -> warmUp(this.warmUpLines, this.calls::disabled);
            default -> {
                this.calls.putContext();
                warmUp(this.warmUpLines, workload.equals("context") ? this.calls::plain : this.calls::plainAfterPut);
                MDC.clear();
            }
        }
    }

    private static void warmUp(int lines, Runnable call) {
        for (int i = 0; i < lines; i++) {
            call.run();
        }
    }

    @TearDown
    public void stop() {
        this.backend.close();
        if (this.sink.touched() == Integer.MIN_VALUE) {
            throw new IllegalStateException("Never, but nobody knows");
        }
    }

    @Benchmark
    public void keyValues(Cost cost) {
        cost.lines++;
        this.calls.keyValues();
    }

    @Benchmark
    public void context(Cost cost, FilledContext context) {
        cost.lines++;
        this.calls.plain();
    }

    @Benchmark
    public void changedContext(Cost cost, FilledContext context) {
        cost.lines++;
        this.calls.plainAfterPut();
    }

    @Benchmark
    public void exception(Cost cost) {
        cost.lines++;
        fail();
    }

    private void fail() {
        if (this.row == LineRow.PENNA) {
            this.calls.failedFluently();
        }
        else {
            this.calls.failed();
        }
    }

    @Benchmark
    public void disabled(Cost cost) {
        cost.lines++;
        this.calls.disabled();
    }

    /**
     * Entries of the MDC on the thread that logs.
     */
    @State(Scope.Thread)
    public static class FilledContext {

        @Setup
        public void fill(LogLineBenchmark benchmark) {
            benchmark.calls.putContext();
        }

        @TearDown
        public void clear() {
            MDC.clear();
        }

    }

    /**
     * What an iteration cost, in time that other work on the machine hardly disturbs.
     */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Cost {

        private static final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

        /** Calls. */
        public long lines;

        @SuppressWarnings("NullAway.Init")
        private LogLineBenchmark benchmark;

        private long processorBefore;

        private long writerBefore;

        private long bytesBefore;

        private long lostBefore;

        @Setup(Level.Iteration)
        public void mark(LogLineBenchmark owner) {
            owner.backend.flush();
            this.benchmark = owner;
            this.bytesBefore = owner.sink.bytes();
            this.lostBefore = owner.backend.lost();
            this.writerBefore = writerTime();
            this.processorBefore = threads.getCurrentThreadCpuTime();
        }

        /**
         * Processor time of the thread that logs.
         * @return nanoseconds
         */
        public long cpuNanos() {
            return threads.getCurrentThreadCpuTime() - this.processorBefore;
        }

        /**
         * Processor time of the thread that writes, where there is one.
         * @return nanoseconds
         */
        public long writerNanos() {
            this.benchmark.backend.flush();
            return writerTime() - this.writerBefore;
        }

        /**
         * What the sink was given.
         * @return bytes
         */
        public long logBytes() {
            this.benchmark.backend.flush();
            return this.benchmark.sink.bytes() - this.bytesBefore;
        }

        /**
         * Lines that the sink was not given.
         * @return a count
         */
        public long lost() {
            return this.benchmark.backend.lost() - this.lostBefore;
        }

        private static long writerTime() {
            long sum = 0;
            for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
                if (thread != null && thread.getThreadName().startsWith("observability-log")) {
                    sum += threads.getThreadCpuTime(thread.getThreadId());
                }
            }
            return sum;
        }

    }

}
