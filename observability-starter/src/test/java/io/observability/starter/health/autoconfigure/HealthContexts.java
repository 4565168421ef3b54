package io.observability.starter.health.autoconfigure;

import io.observability.starter.health.CheckState;
import io.observability.starter.health.HealthChecks;
import io.observability.starter.report.FeatureReport;
import io.observability.starter.report.ReportSource;
import io.observability.starter.surface.autoconfigure.ServletSurfaceAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Contexts with health checks.
 */
abstract class HealthContexts {

    final WebApplicationContextRunner runner = new WebApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(HealthAutoConfiguration.class, ServletSurfaceAutoConfiguration.class,
                ApplicationAvailabilityAutoConfiguration.class, HealthContributorAutoConfiguration.class,
                HealthContributorRegistryAutoConfiguration.class));

    static FeatureReport report(ReportSource source) {
        return source.report();
    }

    static HealthIndicator up() {
        return Health.up()::build;
    }

    static void awaitResults(HealthChecks checks) {
        await().untilAsserted(() -> assertThat(checks.states()).isNotEmpty()
            .extracting(CheckState::basis)
            .doesNotContain(CheckState.Basis.NONE));
    }

}
