package io.observability.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;

import io.observability.benchmarks.request.Variant;
import tools.jackson.databind.JsonNode;

/**
 * Writes the table of the guide page from the results file, between two marks.
 */
public final class ResultTable {

    private static final String BEGIN = "<!-- generated from the results file: begin -->";

    private static final String END = "<!-- generated from the results file: end -->";

    private final JsonNode conditions;

    private final Map<Variant, Row> rows = new EnumMap<>(Variant.class);

    private ResultTable(JsonNode document) {
        this.conditions = document.get("conditions");
        document.get("results")
            .forEach((result) -> this.rows.put(Variant.valueOf(result.at("/params/variant").asString()),
                    Row.of(result)));
    }

    /**
     * Brings the page up to date.
     * @param args none
     * @throws IOException if the results cannot be read or the page cannot be written
     */
    public static void main(String[] args) throws IOException {
        Path page = Layout.page();
        Files.writeString(page, insert(Files.readString(page), Layout.results()));
    }

    /**
     * Puts the table of some results into a page.
     * @param page text with both marks
     * @param results the results file
     * @return the page with the current table
     * @throws IOException if the results cannot be read
     */
    static String insert(String page, Path results) throws IOException {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("The page has no place for the table");
        }
        return page.substring(0, begin + BEGIN.length()) + "\n" + new ResultTable(ResultsFile.read(results)).render()
                + page.substring(end);
    }

    private String render() {
        StringBuilder out = new StringBuilder(2048);
        out.append("| a service with | B/request | over text log | ns/request [forks] | over text log | × text log"
                + " | log B/request | spans/request |\n|---|---:|---:|---:|---:|---:|---:|---:|\n");
        Row bare = row(Variant.BARE);
        this.rows.forEach((variant, row) -> out.append(line(variant, row, bare)));
        out.append('\n');
        out.append(ratio("10", Variant.STOCK_10, Variant.STARTER_10));
        out.append(ratio("100", Variant.STOCK_100, Variant.STARTER_100));
        out.append("\nMeasured on %s: %s; %s; load average %s before and %s after; %d forks a variant, interleaved.\n"
            .formatted(text("date"), text("jdk"), text("machine"), text("loadAverageBefore"), text("loadAverageAfter"),
                    bare.forks));
        out.append("Versions:");
        String separator = " ";
        for (Map.Entry<String, JsonNode> library : this.conditions.get("versions").properties()) {
            out.append(separator).append(library.getKey()).append(' ').append(library.getValue().asString());
            separator = ", ";
        }
        return out.append(".\n").toString();
    }

    private static String line(Variant variant, Row row, Row bare) {
        return String.format(Locale.ROOT,
                "| %s (`%s`) | %,.0f | %+,.0f | %,.0f [%,.0f–%,.0f] | %+,.0f | %.2f | %.0f | %.2f |%n", variant.title(),
                variant, row.bytes, row.bytes - bare.bytes, row.time, row.fastest, row.slowest, row.time - bare.time,
                row.time / bare.time, row.logBytes, row.spans);
    }

    private String ratio(String sampled, Variant stock, Variant starter) {
        Row bare = row(Variant.BARE);
        Row theirs = row(stock);
        Row ours = row(starter);
        return String.format(Locale.ROOT,
                "At %s %% sampled the starter adds %.2f × the bytes and %.2f × the time that Spring Boot's "
                        + "own observability adds to the text log.%n",
                sampled, (ours.bytes - bare.bytes) / (theirs.bytes - bare.bytes),
                (ours.time - bare.time) / (theirs.time - bare.time));
    }

    private Row row(Variant variant) {
        Row row = this.rows.get(variant);
        if (row == null) {
            throw new IllegalArgumentException("The results have no " + variant);
        }
        return row;
    }

    private String text(String condition) {
        return this.conditions.get(condition).asString();
    }

    /**
     * What one variant cost.
     *
     * @param forks how many processes measured it
     * @param bytes allocated by all threads for a request, median over iterations
     * @param time nanoseconds for a request, median over iterations
     * @param fastest mean time of the fastest fork
     * @param slowest mean time of the slowest fork
     * @param logBytes written to the console for a request
     * @param spans given to the exporter for a request
     */
    private record Row(int forks, double bytes, double time, double fastest, double slowest, double logBytes,
            double spans) {

        static Row of(JsonNode result) {
            JsonNode times = result.at("/primaryMetric/rawData");
            double[] forks = StreamSupport.stream(times.spliterator(), false)
                .mapToDouble((fork) -> values(fork).average().orElseThrow())
                .sorted()
                .toArray();
            JsonNode extra = result.get("secondaryMetrics");
            double requests = sum(extra.at("/requests/rawData"));
            return new Row(forks.length, median(extra.at("/gc.alloc.rate.norm/rawData")), median(times), forks[0],
                    forks[forks.length - 1], sum(extra.at("/logBytes/rawData")) / requests,
                    sum(extra.at("/spans/rawData")) / requests);
        }

        private static double median(JsonNode rawData) {
            double[] sorted = StreamSupport.stream(rawData.spliterator(), false)
                .flatMapToDouble(Row::values)
                .sorted()
                .toArray();
            int middle = sorted.length / 2;
            return (sorted.length % 2 == 1) ? sorted[middle] : Arrays.stream(sorted, middle - 1, middle + 1).sum() / 2;
        }

        private static double sum(JsonNode rawData) {
            return StreamSupport.stream(rawData.spliterator(), false).flatMapToDouble(Row::values).sum();
        }

        private static DoubleStream values(JsonNode iterations) {
            return StreamSupport.stream(iterations.spliterator(), false).mapToDouble(JsonNode::asDouble);
        }

    }

}
