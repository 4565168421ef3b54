package io.observability.starter.health.autoconfigure;

import java.util.Map;
import java.util.TreeMap;

import io.observability.starter.health.HealthCheck;
import io.observability.starter.health.HealthCheckSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.application.AvailabilityStateHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.registry.HealthContributorRegistry;

/**
 * Spring Boot's health contributors as checks. The registry is looked up late, on the
 * background thread: probes are made with the web server, long before the beans that are
 * to be checked.
 */
final class ContributorChecks implements HealthCheckSource {

    // A composite may hold itself.
    private static final int MAX_DEPTH = 8;

    private final ObjectProvider<HealthContributorRegistry> registry;

    private final BootStatuses statuses;

    ContributorChecks(ObjectProvider<HealthContributorRegistry> registry, BootStatuses statuses) {
        this.registry = registry;
        this.statuses = statuses;
    }

    @Override
    public Map<String, HealthCheck> checks() {
        Map<String, HealthCheck> checks = new TreeMap<>();
        HealthContributorRegistry contributors = this.registry.getIfAvailable();
        if (contributors != null) {
            collect("", contributors, 0, checks);
        }
        return checks;
    }

    private void collect(String prefix, HealthContributors contributors, int depth, Map<String, HealthCheck> checks) {
        contributors.stream().forEach((entry) -> {
            String name = prefix + entry.name();
            HealthContributor contributor = entry.contributor();
            if (contributor instanceof HealthIndicator indicator) {
                // Liveness and readiness are asked directly: a cached state would keep a
                // service unready for an interval after it has become ready.
                if (!(contributor instanceof AvailabilityStateHealthIndicator)) {
                    checks.put(name, () -> this.statuses.of(indicator.health()));
                }
            }
            else if (contributor instanceof CompositeHealthContributor composite && depth < MAX_DEPTH) {
                collect(name + "/", composite, depth + 1, checks);
            }
        });
    }

}
