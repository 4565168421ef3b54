package io.observability.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;

import io.observability.benchmarks.line.LineRow;
import tools.jackson.databind.JsonNode;

/**
 * Writes the tables of the log line from the results files of each Java, between two
 * marks of the guide page.
 */
final class LogLineTable {

    private static final GeneratedPart PART = new GeneratedPart("the results of the log line",
            "the tables of the log line");

    private static final Map<String, String> TITLES = new LinkedHashMap<>();

    static {
        TITLES.put("context", "8 entries of the MDC, set once");
        TITLES.put("changedContext", "the same, one put before each line");
        TITLES.put("keyValues", "8 key-values by the fluent interface");
        TITLES.put("exception", "exception of 30 frames with a cause of 32, 26 of them shared");
        TITLES.put("disabled", "a level that is off");
    }

    private LogLineTable() {
    }

    /**
     * Puts the tables into a page.
     * @param page text with both marks
     * @return the page with the current tables
     * @throws IOException if the results cannot be read
     */
    static String insert(String page) throws IOException {
        StringBuilder out = new StringBuilder(4096);
        for (String java : new String[] { "17", "25" }) {
            Path results = Layout.results("log-line-" + java);
            if (Files.exists(results)) {
                render(out, ResultsFile.read(results));
            }
        }
        return PART.insert(page, out.toString());
    }

    private static void render(StringBuilder out, JsonNode document) {
        Map<String, Map<LineRow, Row>> workloads = new LinkedHashMap<>();
        TITLES.keySet().forEach((workload) -> workloads.put(workload, new EnumMap<>(LineRow.class)));
        for (JsonNode result : document.get("results")) {
            String name = result.get("benchmark").asString();
            Map<LineRow, Row> rows = workloads.get(name.substring(name.lastIndexOf('.') + 1));
            if (rows != null) {
                rows.put(LineRow.valueOf(result.at("/params/row").asString()), Row.of(result));
            }
        }
        int rounds = 0;
        for (Map.Entry<String, Map<LineRow, Row>> workload : workloads.entrySet()) {
            Map<LineRow, Row> rows = workload.getValue();
            if (!rows.isEmpty()) {
                table(out, TITLES.getOrDefault(workload.getKey(), ""), rows);
                rounds = rows.values().iterator().next().processor.size();
            }
        }
        JsonNode conditions = document.get("conditions");
        out.append("\nMeasured on %s: %s; %s; load average %s before and %s after; interleaved rounds: %d.\n".formatted(
                text(conditions, "date"), text(conditions, "jdk"), text(conditions, "machine"),
                text(conditions, "loadAverageBefore"), text(conditions, "loadAverageAfter"), rounds));
        String separator = "Versions: ";
        for (Map.Entry<String, JsonNode> library : conditions.get("versions").properties()) {
            out.append(separator).append(library.getKey()).append(' ').append(library.getValue().asString());
            separator = ", ";
        }
        out.append(".\n");
    }

    private static void table(StringBuilder out, String title, Map<LineRow, Row> rows) {
        out.append("\n| ")
            .append(title)
            .append(" | B/line allocated | CPU ns/line | the starter's CPU ÷ this [rounds] | CPU ns/line of a writer"
                    + " | bytes of a line |\n|---|---:|---:|---:|---:|---:|\n");
        Row ours = rows.get(LineRow.STARTER);
        rows.forEach((name,
                row) -> out.append(String.format(Locale.ROOT, "| %s | %,.0f | %,.0f | %s | %s | %s |\n", name.title(),
                        row.allocated, row.median(), (ours != null && name != LineRow.STARTER) ? ratio(ours, row) : "–",
                        (row.writer >= 1) ? String.format(Locale.ROOT, "%,.0f", row.writer) : "–",
                        (row.length >= 1) ? String.format(Locale.ROOT, "%,.0f", row.length) : "–")));
    }

    // The rounds of a stopped run may be one more in the first rows.
    private static String ratio(Row ours, Row theirs) {
        int rounds = Math.min(ours.processor.size(), theirs.processor.size());
        double[] ratios = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            ratios[i] = ours.processor.get(i) / theirs.processor.get(i);
        }
        Arrays.sort(ratios);
        return String.format(Locale.ROOT, "%.2f [%.2f–%.2f]", Median.of(ratios), ratios[0], ratios[rounds - 1]);
    }

    private static String text(JsonNode conditions, String name) {
        return conditions.get(name).asString();
    }

    /**
     * What one row cost.
     *
     * @param processor nanoseconds of the thread that logs for a line, by round: the
     * median over iterations
     * @param allocated bytes for a line, median over all iterations
     * @param writer nanoseconds of the thread that writes for a line
     * @param length bytes that the sink was given for a line
     */
    private record Row(List<Double> processor, double allocated, double writer, double length) {

        static Row of(JsonNode result) {
            JsonNode extra = result.get("secondaryMetrics");
            double[][] lines = rounds(extra, "lines");
            double[][] processor = rounds(extra, "cpuNanos");
            double[] medians = new double[lines.length];
            for (int round = 0; round < lines.length; round++) {
                double[] each = processor[round];
                for (int i = 0; i < each.length; i++) {
                    each[i] /= lines[round][i];
                }
                medians[round] = Median.of(each);
            }
            double sum = sum(lines);
            return new Row(Arrays.stream(medians).boxed().toList(), Median
                .of(Arrays.stream(rounds(extra, "gc.alloc.rate.norm")).flatMapToDouble(Arrays::stream).toArray()),
                    sum(rounds(extra, "writerNanos")) / sum, sum(rounds(extra, "logBytes")) / sum);
        }

        double median() {
            return Median.of(this.processor.stream().mapToDouble(Double::doubleValue).toArray());
        }

        private static double sum(double[][] rounds) {
            return Arrays.stream(rounds).flatMapToDouble(Arrays::stream).sum();
        }

        private static double[][] rounds(JsonNode extra, String counter) {
            return StreamSupport.stream(extra.at("/" + counter + "/rawData").spliterator(), false)
                .map((round) -> StreamSupport.stream(round.spliterator(), false)
                    .mapToDouble(JsonNode::asDouble)
                    .toArray())
                .toArray(double[][]::new);
        }

    }

}
