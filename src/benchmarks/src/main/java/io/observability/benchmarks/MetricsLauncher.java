package io.observability.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.observability.benchmarks.metrics.CardinalityGuardBenchmark;
import io.observability.benchmarks.metrics.Contender;
import io.observability.benchmarks.metrics.Limiter;
import io.observability.benchmarks.metrics.Recorder;
import io.observability.benchmarks.metrics.RequestRecordBenchmark;
import io.observability.benchmarks.metrics.ScrapeBenchmark;
import io.observability.benchmarks.metrics.Scraper;
import io.observability.benchmarks.request.CallBenchmark;
import io.observability.benchmarks.request.ExchangeBenchmark;
import io.observability.benchmarks.request.HttpObserver;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import tools.jackson.databind.JsonNode;

/**
 * Measures what metrics, exchanges of WebFlux and calls cost, and writes the tables into
 * the guide pages.
 */
public final class MetricsLauncher {

    private static final int ROUNDS = 3;

    private final InterleavedForks forks = new InterleavedForks();

    private MetricsLauncher() {
    }

    /**
     * Measures, writes the results files and puts the tables into the pages.
     * @param args names of tables, all unless given
     * @throws RunnerException if a fork fails
     * @throws IOException if the results cannot be written
     */
    public static void main(String[] args) throws RunnerException, IOException {
        for (Table table : Table.values()) {
            if (args.length == 0 || List.of(args).contains(table.name())) {
                RunConditions before = RunConditions.now();
                MetricsLauncher launcher = new MetricsLauncher();
                for (int round = 0; round < ROUNDS; round++) {
                    launcher.measure(table, table.methods, measured());
                }
                ResultsFile.write(table.results(), before, Set.of(table.classPath), launcher.forks.results());
                table.update();
            }
        }
    }

    /**
     * Shows in seconds that a benchmark runs; its figures mean nothing.
     * @param table which one
     * @return one result for each row, of the first method
     * @throws RunnerException if a fork fails
     */
    static Collection<RunResult> smoke(Table table) throws RunnerException {
        MetricsLauncher launcher = new MetricsLauncher();
        launcher.measure(table, table.methods.subList(0, 1),
                new OptionsBuilder().warmupIterations(1)
                    .measurementIterations(1)
                    .warmupTime(TimeValue.milliseconds(50))
                    .measurementTime(TimeValue.milliseconds(50))
                    .verbosity(VerboseMode.SILENT)
                    .jvmArgs("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                    .build());
        return launcher.forks.results();
    }

    private void measure(Table table, List<String> methods, Options effort) throws RunnerException {
        String benchmark = "^" + table.benchmark.getName().replace(".", "\\.") + "\\.";
        for (String method : methods) {
            for (Contender contender : table.contenders) {
                Options options = new OptionsBuilder().parent(effort)
                    .include(benchmark + method + "$")
                    .param("contender", contender.name())
                    .forks(1)
                    .shouldFailOnError(true)
                    .addProfiler(GCProfiler.class)
                    .build();
                this.forks.run(contender.name() + "." + method, table.classPath, options);
            }
        }
    }

    // Short iterations: without a bound, a look-up leaves all its series behind. A page
    // that is touched for the first time can cost a virtual machine more than what is
    // measured, so all are touched beforehand.
    private static Options measured() {
        return new OptionsBuilder().warmupIterations(10)
            .warmupTime(TimeValue.milliseconds(300))
            .measurementIterations(10)
            .measurementTime(TimeValue.milliseconds(300))
            .verbosity(VerboseMode.NORMAL)
            .jvmArgs("-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch", "-XX:+UseG1GC", "-XX:-BackgroundCompilation")
            .build();
    }

    /**
     * A table of a guide page.
     */
    @SuppressWarnings("ImmutableEnumChecker") // Lists that nobody changes.
    enum Table {

        /** A look-up with and without what bounds the values of a tag. */
        GUARD("cardinality-guard", "cardinality.md", CardinalityGuardBenchmark.class, "bounded by", Limiter.values(),
                List.of("knownValue", "newValue"), List.of("known value", "new value"), 1, "ns"),

        /** A request whose series exist. */
        RECORD("request-record", "metrics.md", RequestRecordBenchmark.class, "a request recorded by", Recorder.values(),
                List.of("record"), List.of("time"), 1, "ns"),

        /** A scrape. */
        SCRAPE("scrape", "metrics.md", ScrapeBenchmark.class, "a scrape answered by", Scraper.values(),
                List.of("series100", "series1000", "series10000"),
                List.of("100 series", "1,000 series", "10,000 series"), 1000, "µs"),

        /** An exchange of WebFlux. */
        EXCHANGE("exchange", "request-path.md", ExchangeBenchmark.class, "an exchange with", HttpObserver.values(),
                List.of("unsampled", "sampled", "propagated"),
                List.of("not sampled", "sampled", "sampled, automatic propagation"), 1, "ns"),

        /** A call of a client. */
        CALL("call", "request-path.md", CallBenchmark.class, "a call with", HttpObserver.values(),
                List.of("unsampled", "sampled", "unsampledWithin", "sampledWithin"),
                List.of("not sampled", "sampled", "not sampled, within a request", "sampled, within a request"), 1,
                "ns");

        private final String classPath;

        private final String file;

        private final String page;

        private final Class<?> benchmark;

        private final String head;

        private final List<Contender> contenders;

        private final List<String> methods;

        private final List<String> titles;

        private final double nanos;

        private final String unit;

        Table(String file, String page, Class<?> benchmark, String head, Contender[] contenders, List<String> methods,
                List<String> titles, double nanos, String unit) {
            this.classPath = (benchmark != ExchangeBenchmark.class) ? "starter" : "reactive";
            this.file = file;
            this.page = page;
            this.benchmark = benchmark;
            this.head = head;
            this.contenders = List.of(contenders);
            this.methods = methods;
            this.titles = titles;
            this.nanos = nanos;
            this.unit = unit;
        }

        Path results() {
            return Layout.results(this.file);
        }

        Path guide() {
            return Layout.page().resolveSibling(this.page);
        }

        private void update() throws IOException {
            Files.writeString(guide(), insert(Files.readString(guide()), ResultsFile.read(results())));
        }

        String insert(String text, JsonNode document) {
            String mark = "<!-- generated from the results of " + this.file + ": ";
            int begin = text.indexOf(mark + "begin -->");
            int end = text.indexOf(mark + "end -->");
            if (begin < 0 || end < begin) {
                throw new IllegalArgumentException(this.page + " has no place for the table of " + this.file);
            }
            return text.substring(0, begin) + mark + "begin -->\n" + render(document) + text.substring(end);
        }

        private String render(JsonNode document) {
            StringBuilder out = new StringBuilder(1024);
            out.append("| ").append(this.head);
            this.titles
                .forEach((title) -> out.append(" | ").append(title).append(", ").append(this.unit).append(" | B"));
            out.append(" |\n|---|").append("---:|---:|".repeat(this.titles.size())).append('\n');
            for (Contender contender : this.contenders) {
                out.append("| ").append(contender.title());
                for (String method : this.methods) {
                    JsonNode row = row(document, contender, method);
                    out.append(String.format(Locale.ROOT, " | %,.0f | %,.0f",
                            row.at("/primaryMetric/scorePercentiles/50.0").asDouble() / this.nanos,
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

        private JsonNode row(JsonNode document, Contender contender, String method) {
            for (JsonNode result : document.get("results")) {
                if (result.get("benchmark").asString().endsWith("." + method)
                        && result.at("/params/contender").asString().equals(contender.name())) {
                    return result;
                }
            }
            throw new IllegalArgumentException("The results have no " + contender.name() + "." + method);
        }

    }

}
