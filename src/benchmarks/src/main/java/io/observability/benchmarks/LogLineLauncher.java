package io.observability.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.observability.benchmarks.line.LineRow;
import io.observability.benchmarks.line.LogLineBenchmark;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures the log line of all rows with all workloads, each fork with the class path of
 * its row. A round is one fork of each row and workload.
 */
public final class LogLineLauncher {

    /** What is logged: the methods of the benchmark. */
    static final List<String> WORKLOADS = List.of("context", "changedContext", "keyValues", "exception", "disabled");

    private static final int ROUNDS = 5;

    private final InterleavedForks forks = new InterleavedForks();

    private LogLineLauncher() {
    }

    /**
     * Measures and writes the results file of this Java.
     * @param args how many rounds, 5 unless given; names of rows, all unless given; names
     * of workloads, all unless given; lists are separated by commas
     * @throws RunnerException if a fork fails
     * @throws IOException if the results cannot be written
     */
    public static void main(String[] args) throws RunnerException, IOException {
        int rounds = (args.length > 0) ? Integer.parseInt(args[0]) : ROUNDS;
        Set<LineRow> rows = EnumSet.noneOf(LineRow.class);
        for (LineRow row : LineRow.values()) {
            if (row.runsHere() && (args.length < 2 || List.of(args[1].split(",")).contains(row.name()))) {
                rows.add(row);
            }
        }
        List<String> workloads = (args.length > 2) ? List.of(args[2].split(",")) : WORKLOADS;
        RunConditions before = RunConditions.now();
        LogLineLauncher launcher = new LogLineLauncher();
        Set<String> classPaths = rows.stream().map(LineRow::classPath).collect(Collectors.toSet());
        for (int round = 0; round < rounds; round++) {
            launcher.measure(rows, workloads, measured());
            // Who stops here keeps the rounds so far.
            ResultsFile.write(Layout.results("log-line-" + Runtime.version().feature()), before, classPaths,
                    launcher.forks.results());
        }
    }

    /**
     * Shows in seconds that the benchmark runs; its figures mean nothing.
     * @param rows what to run
     * @param workload one of {@link #WORKLOADS}
     * @return one result for each row
     * @throws RunnerException if a fork fails
     */
    static Collection<RunResult> smoke(Set<LineRow> rows, String workload) throws RunnerException {
        LogLineLauncher launcher = new LogLineLauncher();
        Options quick = new OptionsBuilder().param("warmUpLines", "10")
            .warmupIterations(1)
            .measurementIterations(1)
            .warmupTime(TimeValue.milliseconds(100))
            .measurementTime(TimeValue.milliseconds(200))
            .verbosity(VerboseMode.SILENT)
            .jvmArgs("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
            .build();
        launcher.measure(rows, List.of(workload), quick);
        return launcher.forks.results();
    }

    private void measure(Set<LineRow> rows, List<String> workloads, Options effort) throws RunnerException {
        String method = "^" + LogLineBenchmark.class.getName().replace(".", "\\.") + "\\.";
        for (String workload : workloads) {
            for (LineRow row : rows) {
                List<String> arguments = new ArrayList<>(effort.getJvmArgs().orElse(List.of()));
                arguments.addAll(row.flags());
                Options options = new OptionsBuilder().parent(effort)
                    .include(method + workload + "$")
                    .param("row", row.name())
                    .forks(1)
                    .shouldFailOnError(true)
                    .addProfiler(GCProfiler.class)
                    .jvmArgs(arguments.toArray(String[]::new))
                    .build();
                this.forks.run(row + "." + workload, row.classPath(), options);
            }
        }
    }

    // Compiled in the foreground: on a busy machine the figures would otherwise be those
    // of code that still waits for its compiler. The heap is small and touched before: a
    // virtual machine may take 100 us to give a page of memory out for the first time.
    private static Options measured() {
        return new OptionsBuilder().warmupIterations(2)
            .warmupTime(TimeValue.milliseconds(800))
            .measurementIterations(3)
            .measurementTime(TimeValue.milliseconds(400))
            .verbosity(VerboseMode.NORMAL)
            .jvmArgs("-Xms128m", "-Xmx128m", "-XX:+AlwaysPreTouch", "-XX:+UseG1GC", "-XX:-BackgroundCompilation")
            .build();
    }

}
