package io.observability.promcard;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Reads a page of metrics, in Prometheus' text format 0.0.4 or OpenMetrics 1.0, line by
 * line.
 */
final class MetricsPage {

    private static final String END = "# EOF";

    private final TableBudget budget;

    MetricsPage(TableBudget budget) {
        this.budget = budget;
    }

    /**
     * Read a page to its end.
     * @param answer the page
     * @param sink takes the series
     * @throws IOException if it breaks off
     * @throws CouldNotTellException if it is no page of metrics, or not a whole one
     */
    void read(HttpAnswer answer, SeriesSink sink) throws IOException, CouldNotTellException {
        boolean openMetrics = answer.isOfType("application/openmetrics-text");
        LineReader lines = new LineReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
        PageFamilies families = new PageFamilies(this.budget);
        SampleLine sample = new SampleLine();
        boolean ended = false;
        for (String line = lines.next(); line != null && !ended; line = lines.next()) {
            if (line.startsWith("#")) {
                ended = openMetrics && line.equals(END);
                declare(families, line);
            }
            else if (!line.isBlank()) {
                if (!sample.read(line)) {
                    throw notMetrics(answer, lines, line);
                }
                String family = families.of(sample.name(), sample.labelNames().contains("le"));
                sink.add(family, sample.name(), sample.labelNames(), sample.labelValues());
            }
        }
        if (openMetrics ? !ended : !lines.isEnded()) {
            throw new CouldNotTellException("The page at " + answer.url() + " breaks off at line " + lines.number()
                    + (openMetrics ? ": it does not end with '# EOF'" : ", in the middle of a line"));
        }
    }

    private static void declare(PageFamilies families, String line) throws CouldNotTellException {
        String[] words = line.split("[ \t]+", 5);
        if (words.length >= 4 && words[1].equals("TYPE")) {
            families.declare(unquoted(words[2]), words[3]);
        }
    }

    // A name with a blank in it stays one of its own, with each of its series.
    private static String unquoted(String name) {
        boolean quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
        return quoted ? name.substring(1, name.length() - 1) : name;
    }

    private static CouldNotTellException notMetrics(HttpAnswer answer, LineReader lines, @Nullable String line) {
        if (!lines.isEnded()) {
            return new CouldNotTellException("The page at " + answer.url() + " breaks off at line " + lines.number()
                    + ", in the middle of a line");
        }
        return new CouldNotTellException("What " + answer.url() + " answers is not Prometheus': line " + lines.number()
                + " is '" + TerminalText.of(String.valueOf(line), 60) + "'");
    }

}
