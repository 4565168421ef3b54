package io.observability.starter.report;

import java.util.List;
import java.util.Map;

/**
 * What one feature says of itself at start.
 *
 * @param feature the feature's name, as in its properties
 * @param state whether it works
 * @param summary one sentence without a final stop: rate and destination
 * @param details settings in effect, by name
 * @param missing what the feature does not do here, and the artifact or setting that
 * would add it
 * @since 0.1.0
 */
public record FeatureReport(String feature, State state, String summary, Map<String, Object> details,
        List<String> missing) {

    public FeatureReport {
        details = Map.copyOf(details);
        missing = List.copyOf(missing);
    }

    /**
     * Report of a feature that works and lacks nothing.
     * @param feature the feature's name
     * @param summary rate and destination
     * @param details settings in effect
     * @return the report
     */
    public static FeatureReport on(String feature, String summary, Map<String, Object> details) {
        return new FeatureReport(feature, State.ON, summary, details, List.of());
    }

    /**
     * Whether a feature works.
     */
    public enum State {

        /** Works. */
        ON,

        /** Works but for what the application does itself. */
        STEPPED_BACK,

        /** Switched off. */
        OFF

    }

}
