package io.observability.starter.logging.autoconfigure;

import io.observability.starter.logging.access.AccessLinePolicy;
import io.observability.starter.logging.access.AccessLog;
import io.observability.starter.report.FeatureReport;
import io.observability.starter.report.ReportSource;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What the access line needs on every web stack.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessLogProperties.class)
final class AccessLineConfiguration {

    @Bean
    @ConditionalOnMissingBean
    AccessLinePolicy observabilityAccessLinePolicy() {
        return (status, durationNanos, route) -> true;
    }

    @Bean
    @ConditionalOnMissingBean
    AccessLog observabilityAccessLog(AccessLinePolicy policy) {
        return new AccessLog(policy, System::nanoTime);
    }

    @Bean
    @ConditionalOnMissingBean(name = "observabilityAccessLineReport")
    ReportSource observabilityAccessLineReport(AccessLogProperties properties) {
        FeatureReport report = AccessLineReport.of(properties);
        return () -> report;
    }

}
