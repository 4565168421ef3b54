package io.observability.starter.report.endpoint;

import java.util.List;

import io.observability.starter.report.FeatureReport;
import io.observability.starter.report.StartupReport;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * Actuator endpoint {@code observability}: what is on, at which rate, where it goes, and
 * what is missing. Not exposed unless asked for, as every endpoint but {@code health}.
 *
 * @since 0.1.0
 */
@Endpoint(id = "observability")
public final class ObservabilityEndpoint {

    private final StartupReport report;

    public ObservabilityEndpoint(StartupReport report) {
        this.report = report;
    }

    /**
     * Report the state of all features.
     * @return the features
     */
    @ReadOperation
    public Report report() {
        return new Report(this.report.features());
    }

    /**
     * Body of the endpoint.
     *
     * @param features the features, by name
     */
    public record Report(List<FeatureReport> features) {

    }

}
