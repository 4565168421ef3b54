package io.observability.promcard;

import java.util.HashMap;
import java.util.Map;

/**
 * Which metric a series of a page belongs to, as the page's {@code # TYPE} lines say.
 */
final class PageFamilies {

    private static final int BYTES_EACH = 128;

    private final Map<String, String> families = new HashMap<>();

    private final TableBudget budget;

    PageFamilies(TableBudget budget) {
        this.budget = budget;
    }

    /**
     * Take note of a type.
     * @param name the name on the {@code # TYPE} line
     * @param type the type, in either format's words
     */
    void declare(String name, String type) throws CouldNotTellException {
        switch (type) {
            case "histogram" -> declare(name, name, "", "_bucket", "_sum", "_count", "_created");
            case "gaugehistogram" -> declare(name, name, "", "_bucket", "_gsum", "_gcount");
            case "summary" -> declare(name, name, "", "_sum", "_count", "_created");
            // OpenMetrics leaves the suffix out here, Prometheus' own format does not.
            case "counter" -> declareWithSuffix(name, "_total", "_created");
            case "info" -> declareWithSuffix(name, "_info");
            default -> declare(name, name, "");
        }
    }

    String of(String sample, boolean hasBound) throws CouldNotTellException {
        String family = this.families.get(sample);
        if (family != null) {
            return family;
        }
        if (hasBound && sample.endsWith("_bucket")) {
            // A page without types; the sums and counts of a histogram follow its
            // buckets.
            String base = sample.substring(0, sample.length() - "_bucket".length());
            declare(base, "histogram");
            return base;
        }
        return sample;
    }

    private void declareWithSuffix(String name, String suffix, String... others) throws CouldNotTellException {
        if (name.endsWith(suffix)) {
            declare(name, name, "");
            return;
        }
        declare(name, name, "");
        declare(name + suffix, name, suffix);
        declare(name + suffix, name, others);
    }

    private void declare(String family, String name, String... suffixes) throws CouldNotTellException {
        for (String suffix : suffixes) {
            this.budget.take(BYTES_EACH + 2L * name.length());
            this.families.put(name + suffix, family);
        }
    }

}
