package io.observability.starter.call.autoconfigure;

import java.util.Map;
import java.util.TreeMap;

import io.observability.starter.call.CallEngine;
import io.observability.starter.report.FeatureReport;
import io.observability.starter.report.ReportSource;

/**
 * Says who observes calls, and why.
 */
final class CallEngineReport implements ReportSource {

    private final CallEngine engine;

    CallEngineReport(CallEngine engine) {
        this.engine = engine;
    }

    @Override
    public FeatureReport report() {
        Map<String, Object> details = new TreeMap<>();
        details.put("engine", this.engine.isDirect() ? "direct" : "observation");
        details.put("reason", this.engine.reason());
        if (!this.engine.passedOver().isEmpty()) {
            details.put("not-asked", this.engine.passedOver());
        }
        return FeatureReport.on("http-client", summary(), details);
    }

    private String summary() {
        String by = this.engine.isDirect() ? "calls by the starter's own observation: "
                : "calls by Spring's observation: ";
        String notAsked = this.engine.passedOver().isEmpty() ? ""
                : "; not asked: " + String.join(", ", this.engine.passedOver());
        return by + this.engine.reason() + notAsked;
    }

}
