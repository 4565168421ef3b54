package io.observability.starter.request.autoconfigure;

import java.util.Map;
import java.util.TreeMap;

import io.observability.starter.report.FeatureReport;
import io.observability.starter.report.ReportSource;
import io.observability.starter.request.ChosenEngine;

/**
 * Says who observes, and why.
 *
 * @since 0.1.0
 */
public final class EngineReport implements ReportSource {

    private final String feature;

    private final String observed;

    private final ChosenEngine engine;

    private final String direct;

    /**
     * Create a report.
     * @param feature the name of the feature
     * @param observed what is observed, in the plural
     * @param engine the engine that was chosen
     * @param direct what observes on the direct engine
     */
    public EngineReport(String feature, String observed, ChosenEngine engine, String direct) {
        this.feature = feature;
        this.observed = observed;
        this.engine = engine;
        this.direct = direct;
    }

    @Override
    public FeatureReport report() {
        Map<String, Object> details = new TreeMap<>();
        details.put("engine", this.engine.isDirect() ? "direct" : "observation");
        details.put("reason", this.engine.reason());
        if (!this.engine.passedOver().isEmpty()) {
            details.put("not-asked", this.engine.passedOver());
        }
        return FeatureReport.on(this.feature, summary(), details);
    }

    private String summary() {
        String by = this.observed + " by " + (this.engine.isDirect() ? this.direct : "Spring's observation") + ": ";
        String notAsked = this.engine.passedOver().isEmpty() ? ""
                : "; not asked: " + String.join(", ", this.engine.passedOver());
        return by + this.engine.reason() + notAsked;
    }

}
