package io.observability.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.observability.benchmarks.cardinality.CardinalityGuardBenchmark;
import io.observability.benchmarks.cardinality.Limiter;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import tools.jackson.databind.JsonNode;

/**
 * Measures a look-up with and without what bounds the values of a tag, and writes the
 * table of the guide page.
 */
public final class CardinalityGuardLauncher {

    private static final String NAME = "cardinality-guard";

    private static final String CLASS_PATH = "starter";

    private static final int ROUNDS = 3;

    private static final String BEGIN = "<!-- generated from the results of the guard: begin -->";

    private static final String END = "<!-- generated from the results of the guard: end -->";

    private final InterleavedForks forks = new InterleavedForks();

    private CardinalityGuardLauncher() {
    }

    /**
     * Measures, writes the results file and puts the table into the page.
     * @param args how many rounds, 3 unless given
     * @throws RunnerException if a fork fails
     * @throws IOException if the results cannot be written
     */
    public static void main(String[] args) throws RunnerException, IOException {
        int rounds = (args.length > 0) ? Integer.parseInt(args[0]) : ROUNDS;
        RunConditions before = RunConditions.now();
        CardinalityGuardLauncher launcher = new CardinalityGuardLauncher();
        for (int round = 0; round < rounds; round++) {
            launcher.measure(measured());
        }
        ResultsFile.write(Layout.results(NAME), before, Set.of(CLASS_PATH), launcher.forks.results());
        Path page = Layout.page().resolveSibling("cardinality.md");
        Files.writeString(page, insert(Files.readString(page), ResultsFile.read(Layout.results(NAME))));
    }

    /**
     * Shows in seconds that the benchmark runs; its figures mean nothing.
     * @return one result for each limiter and method
     * @throws RunnerException if a fork fails
     */
    static Collection<RunResult> smoke() throws RunnerException {
        CardinalityGuardLauncher launcher = new CardinalityGuardLauncher();
        launcher.measure(new OptionsBuilder().warmupIterations(1)
            .measurementIterations(1)
            .warmupTime(TimeValue.milliseconds(50))
            .measurementTime(TimeValue.milliseconds(50))
            .verbosity(VerboseMode.SILENT)
            .jvmArgs("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
            .build());
        return launcher.forks.results();
    }

    private void measure(Options effort) throws RunnerException {
        String benchmark = "^" + CardinalityGuardBenchmark.class.getName().replace(".", "\\.") + "\\.";
        for (String method : List.of("knownValue", "newValue")) {
            for (Limiter limiter : Limiter.values()) {
                Options options = new OptionsBuilder().parent(effort)
                    .include(benchmark + method + "$")
                    .param("limiter", limiter.name())
                    .forks(1)
                    .shouldFailOnError(true)
                    .addProfiler(GCProfiler.class)
                    .build();
                this.forks.run(limiter + "." + method, CLASS_PATH, options);
            }
        }
    }

    // Short iterations: without a bound, each leaves all its series behind.
    private static Options measured() {
        return new OptionsBuilder().warmupIterations(10)
            .warmupTime(TimeValue.milliseconds(300))
            .measurementIterations(10)
            .measurementTime(TimeValue.milliseconds(300))
            .verbosity(VerboseMode.NORMAL)
            .jvmArgs("-Xms2g", "-Xmx2g", "-XX:+UseG1GC", "-XX:-BackgroundCompilation")
            .build();
    }

    static String insert(String page, JsonNode document) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("The page has no place for the table of the guard");
        }
        return page.substring(0, begin + BEGIN.length()) + "\n" + render(document) + page.substring(end);
    }

    private static String render(JsonNode document) {
        StringBuilder out = new StringBuilder(1024);
        out.append("| bounded by | known value, ns | B | new value, ns | B |\n|---|---:|---:|---:|---:|\n");
        for (Limiter limiter : Limiter.values()) {
            out.append("| ").append(limiter.title());
            for (String method : List.of("knownValue", "newValue")) {
                JsonNode row = row(document, limiter, method);
                out.append(String.format(Locale.ROOT, " | %,.0f | %,.0f",
                        row.at("/primaryMetric/scorePercentiles/50.0").asDouble(),
                        row.at("/secondaryMetrics/gc.alloc.rate.norm/scorePercentiles/50.0").asDouble()));
            }
            out.append(" |\n");
        }
        JsonNode conditions = document.get("conditions");
        return out.append("\nMedians. Measured on ")
            .append(conditions.get("date").asString())
            .append(": ")
            .append(conditions.get("jdk").asString())
            .append("; ")
            .append(conditions.get("machine").asString())
            .append("; load average ")
            .append(conditions.get("loadAverageBefore").asString())
            .append(" before and ")
            .append(conditions.get("loadAverageAfter").asString())
            .append(" after.\n")
            .toString();
    }

    private static JsonNode row(JsonNode document, Limiter limiter, String method) {
        for (JsonNode result : document.get("results")) {
            if (result.get("benchmark").asString().endsWith("." + method)
                    && result.at("/params/limiter").asString().equals(limiter.name())) {
                return result;
            }
        }
        throw new IllegalArgumentException("The results have no " + limiter + "." + method);
    }

}
