package io.observability.benchmarks;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

import io.observability.benchmarks.service.ServiceVariant;
import tools.jackson.databind.JsonNode;

/**
 * Writes the tables of starts from their results files, between two marks of the page on
 * performance.
 */
final class StartTable {

    private static final GeneratedPart PART = new GeneratedPart("the results of starts", "the tables of starts");

    private final JsonNode document;

    private StartTable(JsonNode document) {
        this.document = document;
    }

    /**
     * Puts the tables into a page.
     * @param page text with both marks
     * @return the page with the current tables
     * @throws IOException if the results cannot be read
     */
    static String insert(String page) throws IOException {
        return PART.insert(page,
                new StartTable(ResultsFile.read(Layout.results("start"))).render("an archive of its classes") + "\n"
                        + new StartTable(ResultsFile.read(Layout.results("start-25"))).render("an AOT cache"));
    }

    private String render(String archive) {
        StringBuilder out = new StringBuilder(1024);
        out.append("| ms to the first answer of a service with | as it comes | over bare | with ")
            .append(archive)
            .append(" | over bare |\n|---|---:|---:|---:|---:|\n");
        Set<ServiceVariant> variants = new LinkedHashSet<>();
        this.document.get("results")
            .forEach((sample) -> variants.add(ServiceVariant.valueOf(sample.get("variant").asString())));
        for (ServiceVariant variant : variants) {
            out.append(String.format(Locale.ROOT, "| %s | %s | %+,.0f | %s | %+,.0f |\n", variant.title(),
                    range(variant, false), median(variant, false) - median(ServiceVariant.BARE, false),
                    range(variant, true), median(variant, true) - median(ServiceVariant.BARE, true)));
        }
        JsonNode conditions = this.document.get("conditions");
        return out
            .append(String.format(Locale.ROOT,
                    "\nMeasured on %s: %s; %s; load average %s before and %s after; interleaved rounds: %d.\n",
                    conditions.get("date").asString(), conditions.get("jdk").asString(),
                    conditions.get("machine").asString(), conditions.get("loadAverageBefore").asString(),
                    conditions.get("loadAverageAfter").asString(), values(ServiceVariant.BARE, true).length))
            .toString();
    }

    private String range(ServiceVariant variant, boolean archive) {
        double[] values = values(variant, archive);
        return String.format(Locale.ROOT, "%,.0f [%,.0f–%,.0f]", median(variant, archive), values[0],
                values[values.length - 1]);
    }

    private double median(ServiceVariant variant, boolean archive) {
        return Median.of(values(variant, archive));
    }

    // Sorted.
    private double[] values(ServiceVariant variant, boolean archive) {
        double[] values = this.document.get("results")
            .valueStream()
            .filter((sample) -> sample.get("variant").asString().equals(variant.name())
                    && sample.get("archive").asBoolean() == archive)
            .mapToDouble((sample) -> sample.get("startMillis").asDouble())
            .toArray();
        Arrays.sort(values);
        return values;
    }

}
