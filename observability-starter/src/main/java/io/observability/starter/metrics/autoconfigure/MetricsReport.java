package io.observability.starter.metrics.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.observability.starter.metrics.MetricNaming;
import io.observability.starter.metrics.RequestBuckets;
import io.observability.starter.metrics.ScrapeEndpoint;
import io.observability.starter.report.FeatureReport;
import io.observability.starter.report.ReportSource;
import io.observability.starter.surface.Surface;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.core.env.Environment;

/**
 * What the metrics say of themselves.
 */
final class MetricsReport implements ReportSource {

    private final MetricsProperties properties;

    private final ObjectProvider<ScrapeEndpoint> scrape;

    private final ObjectProvider<Surface> surface;

    private final Environment environment;

    MetricsReport(MetricsProperties properties, ObjectProvider<ScrapeEndpoint> scrape, ObjectProvider<Surface> surface,
            Environment environment) {
        this.properties = properties;
        this.scrape = scrape;
        this.surface = surface;
        this.environment = environment;
    }

    @Override
    public FeatureReport report() {
        int buckets = RequestBuckets.with(this.properties.getSlo()).length;
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("naming", lower(this.properties.getNaming()));
        details.put("set", lower(this.properties.getSet()));
        details.put("buckets", buckets);
        details.put("histograms", lower(this.properties.getHistograms()));
        details.put("maxRoutes", this.properties.getMaxRoutes());
        StringBuilder summary = new StringBuilder(lower(this.properties.getSet())).append(" set, ")
            .append(names(this.properties.getNaming()))
            .append(" names, ");
        switch (this.properties.getHistograms()) {
            case CLASSIC -> summary.append(buckets).append(" buckets, ");
            case BOTH -> summary.append(buckets).append(" buckets and native ones, ");
            case NATIVE -> summary.append("native buckets, ");
        }
        List<String> missing = new ArrayList<>();
        FeatureReport.State state = destination(summary, details, missing);
        return new FeatureReport("metrics", state, summary.toString(), details, missing);
    }

    private FeatureReport.State destination(StringBuilder summary, Map<String, Object> details, List<String> missing) {
        String path = this.properties.getPath();
        Surface answering = this.surface.getIfAvailable();
        if (this.scrape.getIfAvailable() == null) {
            summary.append("not scraped here");
            missing.add("a Prometheus registry for " + path
                    + ": io.micrometer:micrometer-registry-prometheus, management.prometheus.metrics.export.enabled");
            return FeatureReport.State.ON;
        }
        if (answering == null) {
            summary.append("not scraped here: nothing answers HTTP");
            return FeatureReport.State.ON;
        }
        boolean ownPort = ManagementPortType.get(this.environment) == ManagementPortType.DIFFERENT;
        details.put("path", path);
        if (!ownPort && answering.takenOver().contains(path)) {
            summary.append("not scraped here: the application answers ").append(path).append(" itself");
            return FeatureReport.State.STEPPED_BACK;
        }
        summary.append("scraped at ").append(path).append(ownPort ? " on the management port" : "");
        return FeatureReport.State.ON;
    }

    private static String names(MetricNaming naming) {
        return switch (naming) {
            case CONVENTIONAL -> "conventional";
            case MICROMETER -> "Micrometer's";
            case OTEL -> "OpenTelemetry's";
        };
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

}
