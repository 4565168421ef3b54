package io.observability.starter.surface.autoconfigure;

import java.util.List;
import java.util.Map;

import io.observability.starter.report.FeatureReport;
import io.observability.starter.report.ReportSource;
import io.observability.starter.settings.autoconfigure.ConditionalOnFeature;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnNotWebApplication;
import org.springframework.context.annotation.Bean;

/**
 * Says in the start-up report what a service without a web server does without.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnFeature("surface")
@ConditionalOnNotWebApplication
public final class NoWebSurfaceAutoConfiguration {

    NoWebSurfaceAutoConfiguration() {
    }

    @Bean
    @ConditionalOnMissingBean(name = "observabilitySurfaceReport")
    ReportSource observabilitySurfaceReport() {
        return () -> new FeatureReport("surface", FeatureReport.State.OFF, "no web server", Map.of(),
                List.of("probes, metrics over HTTP and the ids of requests, which need "
                        + "org.springframework.boot:spring-boot-starter-webmvc or spring-boot-starter-webflux"));
    }

}
