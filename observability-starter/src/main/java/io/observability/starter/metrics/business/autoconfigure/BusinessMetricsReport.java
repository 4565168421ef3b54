package io.observability.starter.metrics.business.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.observability.starter.metrics.business.BusinessMetrics;
import io.observability.starter.report.FeatureReport;
import io.observability.starter.report.ReportSource;

/**
 * What the business metrics say of themselves.
 */
final class BusinessMetricsReport implements ReportSource {

    private final BusinessMetrics metrics;

    private final BusinessMetricsProperties properties;

    BusinessMetricsReport(BusinessMetrics metrics, BusinessMetricsProperties properties) {
        this.metrics = metrics;
        this.properties = properties;
    }

    @Override
    public FeatureReport report() {
        List<String> misuses = this.metrics.misuses();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("strict", this.properties.isStrict());
        details.put("slo", this.properties.getSlo());
        details.put("misuses", misuses);
        String summary = "meters with objectives: " + this.properties.getSlo().size()
                + (this.properties.isStrict() ? ", strict" : "")
                + (misuses.isEmpty() ? "" : "; not as they should be: " + misuses.size());
        return FeatureReport.on("metrics.business", summary, details);
    }

}
