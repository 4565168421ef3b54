package io.observability.starter.report.autoconfigure;

import io.observability.starter.report.ReportSource;
import io.observability.starter.report.StartupReport;
import io.observability.starter.report.endpoint.ObservabilityEndpoint;
import io.observability.starter.settings.autoconfigure.ConditionalOnFeature;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the start-up report: one line once the application is ready, and
 * an actuator endpoint.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnFeature("report")
public final class ReportAutoConfiguration {

    ReportAutoConfiguration() {
    }

    @Bean
    @ConditionalOnMissingBean
    StartupReport observabilityStartupReport(ObjectProvider<ReportSource> sources) {
        return new StartupReport(sources.orderedStream().toList());
    }

    @Bean
    @ConditionalOnMissingBean(name = "observabilityStartupReportLine")
    ApplicationListener<ApplicationReadyEvent> observabilityStartupReportLine(StartupReport report) {
        return (event) -> LoggerFactory.getLogger(StartupReport.class).info(report.line());
    }

    @Bean
    @ConditionalOnAvailableEndpoint
    @ConditionalOnMissingBean
    ObservabilityEndpoint observabilityEndpoint(StartupReport report) {
        return new ObservabilityEndpoint(report);
    }

}
