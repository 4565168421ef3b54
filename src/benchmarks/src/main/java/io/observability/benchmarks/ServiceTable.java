package io.observability.benchmarks;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

import io.observability.benchmarks.service.ServiceVariant;
import tools.jackson.databind.JsonNode;

/**
 * Writes the tables of whole services from their results file, between two marks of the
 * guide page. Medians over the rounds; ranges show how far to trust them.
 */
final class ServiceTable {

    private static final GeneratedPart PART = new GeneratedPart("the results of whole services",
            "the tables of whole services");

    private final JsonNode document;

    private final Map<ServiceVariant, Figures> rows = new EnumMap<>(ServiceVariant.class);

    private ServiceTable(JsonNode document) {
        this.document = document;
        document.get("results")
            .forEach((sample) -> this.rows.computeIfAbsent(ServiceVariant.valueOf(sample.get("variant").asString()),
                    Figures::new));
    }

    /**
     * Puts the tables into a page.
     * @param page text with both marks
     * @return the page with the current tables
     * @throws IOException if the results cannot be read
     */
    static String insert(String page) throws IOException {
        return PART.insert(page, new ServiceTable(ResultsFile.read(Layout.results("service"))).render());
    }

    private String render() {
        StringBuilder out = new StringBuilder(4096);
        out.append("""
                | a service with | CPU µs/request | × bare [rounds] | B/request | × bare | spans/request |
                |---|---:|---:|---:|---:|---:|
                """);
        this.rows.forEach((variant, row) -> out.append(line("| %s | %s | %.2f [%.2f–%.2f] | %,.0f | %.2f | %.2f |\n",
                variant.title(), row.range("processorMicros", "%.1f"), row.ratio("processorMicros"),
                row.ratios("processorMicros").min().orElseThrow(), row.ratios("processorMicros").max().orElseThrow(),
                row.median("bytes"), row.ratio("bytes"), row.median("spans"))));
        out.append(
                """

                        | a service with | ms to the first answer | over bare | RSS then | RSS after load | live heap | threads |
                        |---|---:|---:|---:|---:|---:|---:|
                        """);
        this.rows.forEach((variant, row) -> out.append(line(
                "| %s | %s | %+,.0f | %.0f MB | %.0f MB (%+.0f) | %.1f MB (%+.1f) | %.0f (%+.0f) |\n", variant.title(),
                row.range("startMillis", "%,.0f"), row.over("startMillis"), row.median("startResidentMegabytes"),
                row.median("residentMegabytes"), row.over("residentMegabytes"), row.median("liveMegabytes"),
                row.over("liveMegabytes"), row.median("threads"), row.over("threads"))));
        out.append("""

                | a scrape of | series | CPU ms | B/series |
                |---|---:|---:|---:|
                """);
        this.rows.forEach((variant, row) -> {
            if (variant.scrape() != null) {
                out.append(line("| %s | %.0f | %.2f | %,.0f |\n", variant.title(), row.median("scrapeSeries"),
                        row.median("scrapeMicros") / 1000, row.median("scrapeBytes") / row.median("scrapeSeries")));
            }
        });
        JsonNode conditions = this.document.get("conditions");
        out.append(line("\nMeasured on %s: %s; %s; load average %s before and %s after; interleaved rounds: %d.\n",
                text(conditions, "date"), text(conditions, "jdk"), text(conditions, "machine"),
                text(conditions, "loadAverageBefore"), text(conditions, "loadAverageAfter"),
                bare().values("bytes").length));
        return out.toString();
    }

    private Figures bare() {
        Figures bare = this.rows.get(ServiceVariant.BARE);
        if (bare == null) {
            throw new IllegalArgumentException("The results have no " + ServiceVariant.BARE);
        }
        return bare;
    }

    private static String text(JsonNode conditions, String name) {
        return conditions.get(name).asString();
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /**
     * The samples of one variant, in the order of the rounds.
     */
    private final class Figures {

        private final ServiceVariant variant;

        Figures(ServiceVariant variant) {
            this.variant = variant;
        }

        double[] values(String figure) {
            return ServiceTable.this.document.get("results")
                .valueStream()
                .filter((sample) -> sample.get("variant").asString().equals(this.variant.name()) && sample.has(figure))
                .mapToDouble((sample) -> sample.get(figure).asDouble())
                .toArray();
        }

        double median(String figure) {
            return Median.of(values(figure));
        }

        double over(String figure) {
            return median(figure) - bare().median(figure);
        }

        double ratio(String figure) {
            return Median.of(ratios(figure).toArray());
        }

        // Of one round each: what slows the machine down slows both.
        DoubleStream ratios(String figure) {
            double[] own = values(figure);
            double[] theirs = bare().values(figure);
            double[] ratios = new double[Math.min(own.length, theirs.length)];
            Arrays.setAll(ratios, (i) -> own[i] / theirs[i]);
            return Arrays.stream(ratios);
        }

        String range(String figure, String format) {
            double[] values = values(figure);
            Arrays.sort(values);
            return line(format + " [" + format + "–" + format + "]", Median.of(values), values[0],
                    values[values.length - 1]);
        }

    }

}
