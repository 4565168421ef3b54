package io.observability.starter.metrics.cardinality.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import io.observability.starter.report.FeatureReport;
import io.observability.starter.report.ReportSource;

/**
 * What the cardinality guard says in the start-up report.
 */
final class CardinalityReport implements ReportSource {

    private final CardinalityProperties properties;

    CardinalityReport(CardinalityProperties properties) {
        this.properties = properties;
    }

    @Override
    public FeatureReport report() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("limit", this.properties.getLimit());
        details.put("maxSeries", this.properties.getMaxSeries());
        details.put("maxMeters", this.properties.getMaxMeters());
        details.put("period", this.properties.getPeriod().toString());
        details.put("rules", this.properties.checkedRules().stream().map(Object::toString).toList());
        return FeatureReport.on("cardinality",
                "%d values of a tag and %d series of a meter, the rest as _other, %d rules; in place of Spring Boot's cap on URIs, which drops"
                    .formatted(this.properties.getLimit(), this.properties.getMaxSeries(),
                            this.properties.getRules().size()),
                details);
    }

}
