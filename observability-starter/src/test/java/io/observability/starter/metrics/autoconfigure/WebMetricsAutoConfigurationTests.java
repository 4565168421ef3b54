package io.observability.starter.metrics.autoconfigure;

import io.observability.starter.metrics.reactive.ReactiveRequestMeterHandler;
import io.observability.starter.metrics.reactive.WebClientMeterHandler;
import io.observability.starter.metrics.servlet.ServletRequestMeterHandler;
import io.observability.starter.report.FeatureReport;
import io.observability.starter.report.ReportSource;
import io.observability.starter.surface.autoconfigure.ReactiveSurfaceAutoConfiguration;
import io.observability.starter.surface.autoconfigure.ServletSurfaceAutoConfiguration;
import jakarta.servlet.Servlet;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.ClientRequestObservationContext;

import static org.assertj.core.api.Assertions.assertThat;

class WebMetricsAutoConfigurationTests {

    private static final AutoConfigurations COMMON = AutoConfigurations.of(MetricsAutoConfiguration.class,
            ServletMetricsAutoConfiguration.class, ReactiveMetricsAutoConfiguration.class,
            org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration.class,
            CompositeMeterRegistryAutoConfiguration.class, PrometheusMetricsExportAutoConfiguration.class);

    private final WebApplicationContextRunner servlet = new WebApplicationContextRunner().withConfiguration(COMMON)
        .withConfiguration(AutoConfigurations.of(ServletSurfaceAutoConfiguration.class,
                DispatcherServletAutoConfiguration.class, WebMvcAutoConfiguration.class));

    private final ReactiveWebApplicationContextRunner reactive = new ReactiveWebApplicationContextRunner()
        .withConfiguration(COMMON)
        .withConfiguration(AutoConfigurations.of(ReactiveSurfaceAutoConfiguration.class));

    @Test
    void areListed() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()).getCandidates())
            .contains(ServletMetricsAutoConfiguration.class.getName(),
                    ReactiveMetricsAutoConfiguration.class.getName());
    }

    @Test
    void eachWebStackHasItsHandler() {
        this.servlet.run((context) -> assertThat(context).hasSingleBean(ServletRequestMeterHandler.class)
            .doesNotHaveBean(ReactiveRequestMeterHandler.class)
            .hasSingleBean(WebClientMeterHandler.class));
        this.reactive.run((context) -> assertThat(context).hasSingleBean(ReactiveRequestMeterHandler.class)
            .doesNotHaveBean(ServletRequestMeterHandler.class)
            .hasSingleBean(WebClientMeterHandler.class));
        new ApplicationContextRunner().withConfiguration(COMMON)
            .run((context) -> assertThat(context).doesNotHaveBean(ReactiveRequestMeterHandler.class)
                .doesNotHaveBean(ServletRequestMeterHandler.class)
                .hasSingleBean(WebClientMeterHandler.class));
    }

    @Test
    void handlersBackOff() {
        for (String property : new String[] { "observability.metrics.enabled=false", "observability.enabled=false" }) {
            this.servlet.withPropertyValues(property)
                .run((context) -> assertThat(context).doesNotHaveBean(ServletRequestMeterHandler.class)
                    .doesNotHaveBean(WebClientMeterHandler.class));
            this.reactive.withPropertyValues(property)
                .run((context) -> assertThat(context).doesNotHaveBean(ReactiveRequestMeterHandler.class));
        }
        this.servlet.withBean("mine", ServletRequestMeterHandler.class, () -> new ServletRequestMeterHandler(null))
            .run((context) -> assertThat(context).hasSingleBean(ServletRequestMeterHandler.class).hasBean("mine"));
    }

    @Test
    void handlersBackOffWithoutTheirClasses() {
        for (Class<?> missing : new Class<?>[] { Servlet.class, ServerRequestObservationContext.class }) {
            new ApplicationContextRunner().withConfiguration(COMMON)
                .withClassLoader(new FilteredClassLoader(missing))
                .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ServletRequestMeterHandler.class));
        }
        this.servlet.withClassLoader(new FilteredClassLoader(Mono.class))
            .run((context) -> assertThat(context).doesNotHaveBean(WebClientMeterHandler.class));
        this.servlet.withClassLoader(new FilteredClassLoader(ClientRequestObservationContext.class))
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(WebClientMeterHandler.class));
    }

    @Test
    void reportsWhereItIsScraped() {
        this.servlet.run((context) -> assertThat(report(context.getBean("observabilityMetricsReport")).summary())
            .endsWith("scraped at /metrics"));
        this.servlet.withPropertyValues("server.port=8080", "management.server.port=9090")
            .run((context) -> assertThat(report(context.getBean("observabilityMetricsReport")).summary())
                .endsWith("scraped at /metrics on the management port"));
    }

    @Test
    void reportsThatTheApplicationTookThePath() {
        this.servlet.withUserConfiguration(OwnMetrics.class).run((context) -> {
            FeatureReport report = report(context.getBean("observabilityMetricsReport"));
            assertThat(report.state()).isEqualTo(FeatureReport.State.STEPPED_BACK);
            assertThat(report.summary()).endsWith("not scraped here: the application answers /metrics itself");
        });
    }

    private static FeatureReport report(Object source) {
        return ((ReportSource) source).report();
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnMetrics {

        @RestController
        static class Controller {

            @GetMapping("/metrics")
            String metrics() {
                return "mine";
            }

        }

    }

}
