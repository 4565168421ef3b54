package io.observability.benchmarks;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.observability.benchmarks.request.RequestPathBenchmark;
import io.observability.benchmarks.request.Variant;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures all variants of the request path, each fork with the class path of its
 * variant. A round is one fork of each variant, so that a machine that changes its speed
 * changes it for all.
 */
public final class BenchmarkLauncher {

    private static final int ROUNDS = 5;

    private final Effort effort;

    private final InterleavedForks forks = new InterleavedForks();

    private BenchmarkLauncher(Effort effort) {
        this.effort = effort;
    }

    /**
     * Measures and writes the results file.
     * @param args how many rounds, 5 unless given
     * @throws RunnerException if a fork fails
     * @throws IOException if the results cannot be written
     */
    public static void main(String[] args) throws RunnerException, IOException {
        int rounds = (args.length > 0) ? Integer.parseInt(args[0]) : ROUNDS;
        RunConditions before = RunConditions.now();
        BenchmarkLauncher launcher = new BenchmarkLauncher(Effort.MEASURED);
        for (int round = 0; round < rounds; round++) {
            launcher.measure(List.of(Variant.values()));
        }
        ResultsFile.write(Layout.results(), before, classPaths(), launcher.forks.results());
    }

    /**
     * Shows in seconds that the benchmark runs; its figures mean nothing.
     * @param variants what to run
     * @return one result for each variant
     * @throws RunnerException if a fork fails
     */
    static Collection<RunResult> smoke(List<Variant> variants) throws RunnerException {
        BenchmarkLauncher launcher = new BenchmarkLauncher(Effort.SMOKE);
        launcher.measure(variants);
        return launcher.forks.results();
    }

    private void measure(List<Variant> variants) throws RunnerException {
        for (Variant variant : variants) {
            this.forks.run(variant.name(), variant.classPath(), options(variant).build());
        }
    }

    private OptionsBuilder options(Variant variant) {
        OptionsBuilder options = new OptionsBuilder();
        options.include("^" + RequestPathBenchmark.class.getName().replace(".", "\\.") + "\\.hello$")
            .param("variant", variant.name())
            .param("warmUpRequests", this.effort.warmUpRequests())
            .forks(1)
            .warmupIterations(this.effort.iterations())
            .warmupTime(this.effort.iterationTime())
            .measurementIterations(this.effort.iterations())
            .measurementTime(this.effort.iterationTime())
            .shouldFailOnError(true)
            .verbosity(this.effort.verbosity())
            .addProfiler(GCProfiler.class)
            .jvmArgs(this.effort.jvmArgs().split(" ", -1));
        return options;
    }

    static Set<String> classPaths() {
        return Stream.of(Variant.values()).map(Variant::classPath).collect(Collectors.toSet());
    }

    private record Effort(String warmUpRequests, int iterations, TimeValue iterationTime, VerboseMode verbosity,
            String jvmArgs) {

        /**
         * Compiled in the foreground: on a busy machine the figures would otherwise be
         * those of code that still waits for its compiler.
         */
        static final Effort MEASURED = new Effort("50000", 5, TimeValue.seconds(2), VerboseMode.NORMAL,
                "-Xms512m -Xmx512m -XX:+UseG1GC -XX:-BackgroundCompilation");

        /** Starts fast. */
        static final Effort SMOKE = new Effort("10", 1, TimeValue.milliseconds(200), VerboseMode.SILENT,
                "-Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1");

    }

}
