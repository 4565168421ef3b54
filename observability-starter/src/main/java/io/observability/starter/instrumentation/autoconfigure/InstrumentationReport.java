package io.observability.starter.instrumentation.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.observability.starter.pipeline.Completeness;
import io.observability.starter.pipeline.CompletenessSource;
import io.observability.starter.report.FeatureReport;
import io.observability.starter.report.ReportSource;

import org.springframework.beans.factory.ObjectProvider;

/**
 * What is said of the instrumentation's own health in the start-up report.
 */
final class InstrumentationReport implements ReportSource {

    private final ObjectProvider<CompletenessSource> sources;

    private final Duration window;

    InstrumentationReport(ObjectProvider<CompletenessSource> sources, Duration window) {
        this.sources = sources;
        this.window = window;
    }

    @Override
    public FeatureReport report() {
        List<String> shares = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        for (CompletenessSource source : this.sources.orderedStream().toList()) {
            for (Completeness count : source.completeness()) {
                switch (count.aspect()) {
                    case REQUEST_SPAN -> shares.add("requests with a span");
                    case LINE_TRACE_ID -> shares.add("lines with a trace id");
                    case REQUIRED_FIELD -> fields.add(count.field());
                }
            }
        }
        if (!fields.isEmpty()) {
            shares.add("empty fields");
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("window", this.window.toString());
        details.put("requiredFields", fields);
        if (shares.isEmpty()) {
            return FeatureReport.on("instrumentation", "nothing to look at", details);
        }
        return FeatureReport.on("instrumentation",
                String.join(", ", shares) + " over " + this.window.toMinutes() + " minutes", details);
    }

}
