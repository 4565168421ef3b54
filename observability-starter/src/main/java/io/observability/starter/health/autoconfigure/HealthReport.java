package io.observability.starter.health.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.observability.starter.health.HealthChecks;
import io.observability.starter.report.FeatureReport;
import io.observability.starter.report.ReportSource;
import io.observability.starter.surface.Surface;

import org.springframework.beans.factory.ObjectProvider;

/**
 * What the health probes say in the start-up report.
 */
final class HealthReport implements ReportSource {

    private final CheckedHealthSettings settings;

    private final HealthChecks checks;

    private final ObjectProvider<Surface> surface;

    HealthReport(CheckedHealthSettings settings, HealthChecks checks, ObjectProvider<Surface> surface) {
        this.settings = settings;
        this.checks = checks;
        this.surface = surface;
    }

    @Override
    public FeatureReport report() {
        Surface surface = this.surface.getIfAvailable();
        if (surface == null) {
            return new FeatureReport("health", FeatureReport.State.OFF, "no checks run and no probe answers", Map.of(),
                    List.of("a web server, added by spring-boot-starter-webmvc or spring-boot-starter-webflux"
                            + ", with observability.surface.enabled"));
        }
        List<String> paths = List.of(this.settings.path(), this.settings.livenessPath(), this.settings.readinessPath());
        List<String> taken = paths.stream().filter(surface.takenOver()::contains).toList();
        List<String> names = this.checks.names();
        List<String> missing = new ArrayList<>();
        if (!this.settings.readiness().isEmpty() && names.stream().noneMatch(this.settings.readiness())) {
            missing.add("no check has a name of observability.health.readiness.include");
        }
        this.settings.schedule()
            .unused(names)
            .forEach((pattern) -> missing.add("no check has the name of observability.health.checks." + pattern));
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("paths", paths);
        details.put("checks", names);
        details.put("timeout", text(this.settings.schedule().general().timeout()));
        details.put("interval", text(this.settings.schedule().general().interval()));
        details.put("staleAfter", text(this.settings.schedule().general().staleAfter()));
        details.put("answeredByApplication", taken);
        return new FeatureReport("health", taken.isEmpty() ? FeatureReport.State.ON : FeatureReport.State.STEPPED_BACK,
                summary(paths, taken, names), details, missing);
    }

    private String summary(List<String> paths, List<String> taken, List<String> names) {
        StringBuilder summary = new StringBuilder();
        List<String> own = new ArrayList<>(paths);
        own.removeAll(taken);
        summary.append(own.isEmpty() ? "no probe" : String.join(", ", own));
        if (!taken.isEmpty()) {
            summary.append("; the application itself answers ").append(String.join(", ", taken));
        }
        summary.append("; ").append(names.isEmpty() ? "no checks" : "checks " + String.join(", ", names));
        summary.append(" every ").append(text(this.settings.schedule().general().interval()));
        return summary.toString();
    }

    private static String text(Duration duration) {
        return (duration.toMillis() % 1000 == 0) ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }

}
