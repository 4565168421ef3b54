package io.observability.starter.pipeline;

import java.util.List;

/**
 * Every metric of the pipeline ledger, declared once. They are in each metric set.
 *
 * @since 0.1.0
 */
public enum PipelineMetric {

    /** Units lost, by reason; each reason is there from the start. */
    LOST("observability.lost", "observability_lost_total", "signal,reason",
            "Telemetry that was lost on its way, by reason."),

    /** Units that were to be written. */
    MADE("observability.pipeline.made", "observability_pipeline_made_total", "signal,destination",
            "Telemetry that was to be written."),

    /** Units that the destination took. */
    WRITTEN("observability.pipeline.written", "observability_pipeline_written_total", "signal,destination",
            "Telemetry that its destination took."),

    /** Bytes that the destination took. */
    WRITTEN_BYTES("observability.pipeline.written.bytes", "observability_pipeline_written_bytes_total",
            "signal,destination", "Size of the telemetry that its destination took."),

    /** Units that wait. */
    QUEUED("observability.pipeline.queued", "observability_pipeline_queued", "signal,destination",
            "Telemetry that waits to be written."),

    /** How full the queue is. */
    FILL_RATIO("observability.pipeline.fill.ratio", "observability_pipeline_fill_ratio", "signal,destination",
            "How full the queue of telemetry is, from 0 to 1."),

    /** Whether the destination takes what it is given. */
    DESTINATION_UP("observability.pipeline.destination.up", "observability_pipeline_destination_up",
            "signal,destination", "Whether the destination takes what it is given."),

    /** Time of the writes. */
    WRITE("observability.pipeline.write", "observability_pipeline_write_seconds", "signal,destination",
            "Time to write a batch."),

    /** Time of the slowest write. */
    WRITE_MAX("observability.pipeline.write.max", "observability_pipeline_write_max_seconds", "signal,destination",
            "Time of the slowest write of a batch so far.");

    private final String meter;

    private final String family;

    private final String labels;

    private final String help;

    PipelineMetric(String meter, String family, String labels, String help) {
        this.meter = meter;
        this.family = family;
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
        return this.family;
    }

    /**
     * Names of the labels.
     * @return the labels
     */
    public List<String> labels() {
        return List.of(this.labels.split(",", -1));
    }

    /**
     * Help text of the family.
     * @return one sentence
     */
    public String help() {
        return this.help;
    }

}
