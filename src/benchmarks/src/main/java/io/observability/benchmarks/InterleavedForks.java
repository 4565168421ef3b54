package io.observability.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;

/**
 * Forks that run one after the other, each with a class path of its own, and whose
 * results are put together by row: the first fork of each row is the first round.
 */
final class InterleavedForks {

    private final Map<String, List<RunResult>> runs = new LinkedHashMap<>();

    /**
     * Run one fork.
     * @param row what it measures; forks of the same row make one result
     * @param classPath the folder under {@code variants} whose class path it has
     * @param options what to run
     * @throws RunnerException if the fork fails
     */
    void run(String row, String classPath, Options options) throws RunnerException {
        String own = System.getProperty("java.class.path");
        try {
            // Where the runner looks when it starts a fork; there is no option for it.
            System.setProperty("java.class.path", Layout.classPath(classPath));
            this.runs.computeIfAbsent(row, (key) -> new ArrayList<>()).add(new Runner(options).runSingle());
        }
        finally {
            System.setProperty("java.class.path", own);
        }
    }

    /**
     * All that was measured.
     * @return one result for each row, with the forks in their order
     */
    Collection<RunResult> results() {
        List<RunResult> merged = new ArrayList<>();
        for (List<RunResult> forks : this.runs.values()) {
            List<BenchmarkResult> data = new ArrayList<>();
            forks.forEach((fork) -> data.addAll(fork.getBenchmarkResults()));
            merged.add(new RunResult(forks.get(0).getParams(), data));
        }
        return merged;
    }

}
