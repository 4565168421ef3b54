package io.observability.starter.health;

import org.jspecify.annotations.Nullable;

/**
 * Every metric of the health checks, declared once. They are in each metric set and have
 * the same name in each dialect; each has the label {@value #LABEL}.
 *
 * @since 0.1.0
 */
public enum HealthMetric {

    /** Whether a check passes. */
    STATUS("gauge", "health.check.status", null,
            "Whether the health check passes: 1 if it does, 0 if it fails, is late or its result is too old."),

    /** End of the last run. */
    LAST_CHECK("gauge", "healthz.last.check", "seconds",
            "When the last run of the health check ended, in seconds since the Unix epoch."),

    /** Time of the runs. */
    DURATION("summary", "health.check.duration", "seconds", "Time that the runs of the health check took.");

    /** The only label: name of the check. */
    public static final String LABEL = "check";

    private final String type;

    private final String meter;

    private final @Nullable String unit;

    private final String help;

    HealthMetric(String type, String meter, @Nullable String unit, String help) {
        this.type = type;
        this.meter = meter;
        this.unit = unit;
        this.help = help;
    }

    /**
     * Kind of the family.
     * @return the type, as Prometheus calls it
     */
    public String type() {
        return this.type;
    }

    /**
     * Name of the Micrometer meter.
     * @return the name, with dots
     */
    public String meter() {
        return this.meter;
    }

    /**
     * Base unit.
     * @return the unit, or {@code null} for a plain number
     */
    public @Nullable String unit() {
        return this.unit;
    }

    /**
     * Help text of the family.
     * @return one sentence
     */
    public String help() {
        return this.help;
    }

    /**
     * Name of the family in a scrape.
     * @return the name
     */
    public String family() {
        return this.meter.replace('.', '_') + ((this.unit != null) ? "_" + this.unit : "");
    }

}
