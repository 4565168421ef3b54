package io.observability.starter.request.autoconfigure;

import java.util.Map;
import java.util.TreeMap;

import io.observability.starter.report.FeatureReport;
import io.observability.starter.report.ReportSource;
import io.observability.starter.request.RequestEngine;

/**
 * Says who observes requests, and why.
 */
final class RequestEngineReport implements ReportSource {

    private final RequestEngine engine;

    private final String direct;

    /**
     * Create a report.
     * @param engine the engine that was chosen
     * @param direct what observes requests on the direct engine
     */
    RequestEngineReport(RequestEngine engine, String direct) {
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
        return FeatureReport.on("http", summary(), details);
    }

    private String summary() {
        String by = "requests by " + (this.engine.isDirect() ? this.direct : "Spring's observation") + ": ";
        String notAsked = this.engine.passedOver().isEmpty() ? ""
                : "; not asked: " + String.join(", ", this.engine.passedOver());
        return by + this.engine.reason() + notAsked;
    }

}
