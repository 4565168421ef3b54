package io.observability.starter.instrumentation;

import java.util.List;

/**
 * Every metric of the instrumentation's own health, declared once. They are gauges from 0
 * to 1 over a sliding window, {@code NaN} while there was nothing to look at, in each
 * metric set and under the same name in each dialect.
 *
 * @since 0.1.0
 */
public enum InstrumentationMetric {

    /** Requests with a span. */
    REQUESTS_WITH_SPAN("observability.requests.with.span.ratio", "",
            "Share of the requests that have a span, of those that are not left out."),

    /** Log lines with the id of a trace. */
    LOG_LINES_WITH_TRACE_ID("observability.log.lines.with.trace.id.ratio", "",
            "Share of the log lines that carry the id of a trace."),

    /** Required fields without a value. */
    REQUIRED_FIELD_EMPTY("observability.required.field.empty.ratio", "field",
            "Share of the log lines that lack a field which they should have.");

    private final String meter;

    private final String labels;

    private final String help;

    InstrumentationMetric(String meter, String labels, String help) {
        this.meter = meter;
        this.labels = labels;
        this.help = help;
    }

    /**
     * Name of the Micrometer meter.
     * @return the name, with dots
     */
    public String meter() {
        return this.meter;
    }

    /**
     * Name of the family in a scrape.
     * @return the name
     */
    public String family() {
        return this.meter.replace('.', '_');
    }

    /**
     * Names of the labels.
     * @return the labels
     */
    public List<String> labels() {
        return this.labels.isEmpty() ? List.of() : List.of(this.labels);
    }

    /**
     * Help text of the family.
     * @return one sentence
     */
    public String help() {
        return this.help;
    }

}
