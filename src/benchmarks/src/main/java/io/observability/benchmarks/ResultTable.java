package io.observability.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.observability.benchmarks.request.Variant;
import tools.jackson.databind.JsonNode;

/**
 * Writes the table of the guide page from the results file, between two marks.
 */
public final class ResultTable {

    private static final GeneratedPart PART = new GeneratedPart("the results file", "the table");

    private final JsonNode conditions;

    private final Map<Variant, Row> rows = new EnumMap<>(Variant.class);

    private ResultTable(JsonNode document) {
        this.conditions = document.get("conditions");
        document.get("results")
            .forEach((result) -> this.rows.put(Variant.valueOf(result.at("/params/variant").asString()),
                    Row.of(result)));
    }

    /**
     * Brings the pages on benchmarks and on performance up to date.
     * @param args none
     * @throws IOException if the results cannot be read or the page cannot be written
     */
    public static void main(String[] args) throws IOException {
        Path page = Layout.page();
        Files.writeString(page,
                ServiceTable.insert(LogLineTable.insert(insert(Files.readString(page), Layout.results()))));
        Path performance = Layout.page("performance");
        Files.writeString(performance, DependencyTable.insert(StartTable.insert(Files.readString(performance))));
    }

    /**
     * Puts the table of some results into a page.
     * @param page text with both marks
     * @param results the results file
     * @return the page with the current table
     * @throws IOException if the results cannot be read
     */
    static String insert(String page, Path results) throws IOException {
        return PART.insert(page, new ResultTable(ResultsFile.read(results)).render());
    }

    private String render() {
        StringBuilder out = new StringBuilder(2048);
        out.append("| a service with | B/request | over text log | CPU ns/request | over text log | × text log"
                + " | ns/request [iterations] | log B/request | spans/request |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|\n");
        Row bare = row(Variant.BARE);
        this.rows.forEach((variant, row) -> out.append(line(variant, row, bare)));
        out.append('\n');
        out.append(ratio("10", Variant.STOCK_10, Variant.STARTER_10));
        out.append(ratio("100", Variant.STOCK_100, Variant.STARTER_100));
        out.append("""

                Measured on %s: %s; %s; load average %s before and %s after; forks for each variant: %d, interleaved.
                Between iterations of one variant, bytes differed by up to %.1f %%, CPU time by up to %.0f %%.
                """.formatted(text("date"), text("jdk"), text("machine"), text("loadAverageBefore"),
                text("loadAverageAfter"), bare.forks, largest(Row::byteSpread), largest(Row::processorSpread)));
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
                "| %s (`%s`) | %,.0f | %+,.0f | %,.0f | %+,.0f | %.2f | %,.0f [%,.0f–%,.0f] | %.0f | %.2f |\n",
                variant.title(), variant, row.bytes, row.bytes - bare.bytes, row.processor,
                row.processor - bare.processor, row.processor / bare.processor, row.time, row.fastest, row.slowest,
                row.logBytes, row.spans);
    }

    private String ratio(String sampled, Variant stock, Variant starter) {
        Row bare = row(Variant.BARE);
        Row theirs = row(stock);
        Row ours = row(starter);
        return String.format(Locale.ROOT,
                "At %s %% sampled the starter adds %s the bytes and %s the CPU time that Spring Boot's "
                        + "own observability adds to the text log.\n",
                sampled, share(ours.bytes - bare.bytes, theirs.bytes - bare.bytes),
                share(ours.processor - bare.processor, theirs.processor - bare.processor));
    }

    private static String share(double ours, double theirs) {
        return (ours > 0) ? String.format(Locale.ROOT, "%.2f ×", ours / theirs) : "none of";
    }

    private double largest(ToDoubleFunction<Row> spread) {
        return 100 * this.rows.values().stream().mapToDouble(spread).max().orElseThrow();
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
     * @param processor nanoseconds of all threads for a request, median over iterations
     * @param time nanoseconds on the wall for a request, median over iterations
     * @param fastest the time of the fastest iteration
     * @param slowest the time of the slowest iteration
     * @param logBytes written to the console for a request
     * @param spans given to the exporter for a request
     * @param byteSpread range of the bytes over iterations, as a share of their median
     * @param processorSpread the same of the processor time
     */
    private record Row(int forks, double bytes, double processor, double time, double fastest, double slowest,
            double logBytes, double spans, double byteSpread, double processorSpread) {

        static Row of(JsonNode result) {
            JsonNode extra = result.get("secondaryMetrics");
            double[] times = all(result.at("/primaryMetric/rawData"));
            double[] bytes = all(extra.at("/gc.alloc.rate.norm/rawData"));
            double[] requests = all(extra.at("/requests/rawData"));
            double[] total = all(extra.at("/cpuNanos/rawData"));
            double[] processor = IntStream.range(0, requests.length)
                .mapToDouble((i) -> total[i] / requests[i])
                .toArray();
            double answered = Arrays.stream(requests).sum();
            return new Row(result.at("/primaryMetric/rawData").size(), Median.of(bytes), Median.of(processor),
                    Median.of(times), Arrays.stream(times).min().orElseThrow(),
                    Arrays.stream(times).max().orElseThrow(),
                    Arrays.stream(all(extra.at("/logBytes/rawData"))).sum() / answered,
                    Arrays.stream(all(extra.at("/spans/rawData"))).sum() / answered, spread(bytes), spread(processor));
        }

        private static double spread(double[] values) {
            DoubleSummaryStatistics range = Arrays.stream(values).summaryStatistics();
            return (range.getMax() - range.getMin()) / Median.of(values);
        }

        private static double[] all(JsonNode rawData) {
            return each(rawData).flatMapToDouble((fork) -> Arrays.stream(values(fork))).toArray();
        }

        private static double[] values(JsonNode iterations) {
            return each(iterations).mapToDouble(JsonNode::asDouble).toArray();
        }

        private static Stream<JsonNode> each(JsonNode array) {
            return StreamSupport.stream(array.spliterator(), false);
        }

    }

}
