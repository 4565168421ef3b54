package io.observability.starter.health.autoconfigure;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import io.observability.starter.health.HealthCheck;
import io.observability.starter.health.HealthCheckSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.CompositeReactiveHealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthContributors;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.registry.ReactiveHealthContributorRegistry;

/**
 * Spring Boot's reactive health contributors as checks. A check that takes too long is
 * cancelled, so it keeps no thread.
 */
final class ReactiveContributorChecks implements HealthCheckSource {

    // A composite may hold itself.
    private static final int MAX_DEPTH = 8;

    private final ObjectProvider<ReactiveHealthContributorRegistry> registry;

    private final BootStatuses statuses;

    private final Function<String, Duration> timeout;

    ReactiveContributorChecks(ObjectProvider<ReactiveHealthContributorRegistry> registry, BootStatuses statuses,
            Function<String, Duration> timeout) {
        this.registry = registry;
        this.statuses = statuses;
        this.timeout = timeout;
    }

    @Override
    public Map<String, HealthCheck> checks() {
        Map<String, HealthCheck> checks = new TreeMap<>();
        ReactiveHealthContributorRegistry contributors = this.registry.getIfAvailable();
        if (contributors != null) {
            collect("", contributors, 0, checks);
        }
        return checks;
    }

    private void collect(String prefix, ReactiveHealthContributors contributors, int depth,
            Map<String, HealthCheck> checks) {
        contributors.stream().forEach((entry) -> {
            String name = prefix + entry.name();
            ReactiveHealthContributor contributor = entry.contributor();
            if (contributor instanceof ReactiveHealthIndicator indicator) {
                Duration timeout = this.timeout.apply(name);
                checks.put(name, () -> this.statuses.of(indicator.health().block(timeout)));
            }
            else if (contributor instanceof CompositeReactiveHealthContributor composite && depth < MAX_DEPTH) {
                collect(name + "/", composite, depth + 1, checks);
            }
        });
    }

}
