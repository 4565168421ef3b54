package io.observability.starter.health.autoconfigure;

import java.time.Clock;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.observability.starter.health.Availability;
import io.observability.starter.health.HealthCheckSource;
import io.observability.starter.health.HealthChecks;
import io.observability.starter.health.HealthListener;
import io.observability.starter.health.HealthSchedule;
import io.observability.starter.health.Probes;
import io.observability.starter.report.ReportSource;
import io.observability.starter.settings.autoconfigure.ConditionalOnFeature;
import io.observability.starter.surface.Surface;
import io.observability.starter.surface.SurfaceEndpoint;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.health.registry.ReactiveHealthContributorRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration of the health probes.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ApplicationAvailabilityAutoConfiguration.class)
@ConditionalOnFeature("health")
@EnableConfigurationProperties(HealthProperties.class)
public final class HealthAutoConfiguration {

    private final CheckedHealthSettings settings;

    HealthAutoConfiguration(HealthProperties properties) {
        this.settings = CheckedHealthSettings.of(properties);
    }

    @Bean
    @ConditionalOnMissingBean
    Availability observabilityAvailability(ApplicationAvailability availability) {
        return new BootAvailability(availability);
    }

    @Bean
    @ConditionalOnMissingBean(name = "observabilityHealthListener")
    HealthListener observabilityHealthListener() {
        return new LoggingHealthListener();
    }

    @Bean
    @ConditionalOnMissingBean
    HealthChecks observabilityHealthChecks(ObjectProvider<HealthCheckSource> sources,
            ObjectProvider<HealthListener> listeners) {
        return new HealthChecks(() -> sources.orderedStream().toList(), this.settings.excluded().negate(),
                this.settings.schedule(), new HealthListeners(listeners.orderedStream().toList()), System::nanoTime,
                Clock.systemUTC());
    }

    @Bean
    @ConditionalOnMissingBean(name = "observabilityHealthProbe")
    SurfaceEndpoint observabilityHealthProbe(Availability availability, HealthChecks checks) {
        return Probes.health(this.settings.path(), availability, checks);
    }

    @Bean
    @ConditionalOnMissingBean(name = "observabilityLivenessProbe")
    SurfaceEndpoint observabilityLivenessProbe(Availability availability) {
        return Probes.liveness(this.settings.livenessPath(), availability);
    }

    @Bean
    @ConditionalOnMissingBean(name = "observabilityReadinessProbe")
    SurfaceEndpoint observabilityReadinessProbe(Availability availability, HealthChecks checks) {
        return Probes.readiness(this.settings.readinessPath(), availability, checks, this.settings.readiness());
    }

    @Bean
    @ConditionalOnMissingBean
    HealthLifecycle observabilityHealthLifecycle(HealthChecks checks, Availability availability,
            ObjectProvider<Surface> surface) {
        return new HealthLifecycle(checks, availability, this.settings.shutdownDelay(),
                surface.getIfAvailable() != null);
    }

    @Bean
    @ConditionalOnMissingBean(name = "observabilityHealthReport")
    ReportSource observabilityHealthReport(HealthChecks checks, ObjectProvider<Surface> surface) {
        return new HealthReport(this.settings, checks, surface);
    }

    /**
     * The checks as metrics.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterBinder.class)
    static class MetersConfiguration {

        @Bean
        @ConditionalOnMissingBean
        HealthMeters observabilityHealthMeters(ObjectProvider<HealthChecks> checks) {
            return new HealthMeters(checks::getObject);
        }

    }

    /**
     * Spring Boot's health contributors, where there are any.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthContributorRegistry.class)
    static class ContributorConfiguration {

        @Bean
        @ConditionalOnMissingBean(name = "observabilityContributorChecks")
        HealthCheckSource observabilityContributorChecks(ObjectProvider<HealthContributorRegistry> registry,
                ObjectProvider<HttpCodeStatusMapper> httpCodes) {
            return new ContributorChecks(registry, new BootStatuses(httpCodes));
        }

    }

    /**
     * Reactive ones, where Reactor is there.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({ Mono.class, ReactiveHealthContributorRegistry.class })
    static class ReactiveContributorConfiguration {

        @Bean
        @ConditionalOnMissingBean(name = "observabilityReactiveContributorChecks")
        HealthCheckSource observabilityReactiveContributorChecks(
                ObjectProvider<ReactiveHealthContributorRegistry> registry,
                ObjectProvider<HttpCodeStatusMapper> httpCodes, HealthProperties properties) {
            HealthSchedule schedule = CheckedHealthSettings.of(properties).schedule();
            return new ReactiveContributorChecks(registry, new BootStatuses(httpCodes),
                    (name) -> schedule.of(name).timeout());
        }

    }

}
