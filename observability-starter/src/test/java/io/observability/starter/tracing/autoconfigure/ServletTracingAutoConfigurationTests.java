package io.observability.starter.tracing.autoconfigure;

import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.observability.starter.settings.InvalidSettingException;
import io.observability.starter.tracing.ServerSpanHandler;
import io.observability.starter.tracing.UntracedPaths;
import io.observability.starter.tracing.servlet.TracedRequestFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcObservationAutoConfiguration;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.OpenTelemetryServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationConvention;
import org.springframework.web.filter.ServerHttpObservationFilter;

import static org.assertj.core.api.Assertions.assertThat;

class ServletTracingAutoConfigurationTests {

    private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(TracingAutoConfiguration.class,
            ServletTracingAutoConfiguration.class, ObservationAutoConfiguration.class,
            OpenTelemetrySdkAutoConfiguration.class, OpenTelemetryTracingAutoConfiguration.class,
            MicrometerTracingAutoConfiguration.class, WebMvcObservationAutoConfiguration.class);

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
        .withConfiguration(CONFIGURATIONS);

    @Test
    void isImported() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
            .contains(ServletTracingAutoConfiguration.class.getName());
    }

    @Test
    void takesThePlaceOfSpringBootsFilter() {
        this.runner.run((context) -> {
            assertThat(context).hasSingleBean(FilterRegistrationBean.class)
                .hasSingleBean(ServerSpanHandler.class)
                .hasSingleBean(OpenTelemetryServerRequestObservationConvention.class);
            FilterRegistrationBean<?> registration = context.getBean(FilterRegistrationBean.class);
            assertThat(registration.getFilter()).isInstanceOf(TracedRequestFilter.class);
            assertThat(registration.getOrder()).isEqualTo(Integer.MIN_VALUE + 2);
        });
    }

    @Test
    void backsOffForTheUsersFilterAndConvention() {
        this.runner.withBean("mine", FilterRegistrationBean.class, () -> registration(ObservationRegistry.create()))
            .withBean(ServerRequestObservationConvention.class, DefaultServerRequestObservationConvention::new)
            .run((context) -> assertThat(context)
                .doesNotHaveBean(OpenTelemetryServerRequestObservationConvention.class));
        this.runner
            .withBean(ServerHttpObservationFilter.class,
                    () -> new ServerHttpObservationFilter(ObservationRegistry.create()))
            .run((context) -> assertThat(context).doesNotHaveBean(FilterRegistrationBean.class));
    }

    @ParameterizedTest
    @CsvSource({ "'', /actuator, true", "'', /management, false", "management.server.port=1, /actuator, false",
            "management.endpoints.web.base-path=/management, /management/health, true",
            "management.endpoints.web.base-path=/, /orders, false",
            "spring.mvc.servlet.path=/app, /app/actuator/health, true",
            "observability.tracing.exclude-paths=/quiet/**, /quiet/1, true" })
    void pathsThatAreLeftOutFollowTheSettings(String property, String path, boolean leftOut) {
        this.runner.withPropertyValues(property)
            .run((context) -> assertThat(context.getBean(UntracedPaths.class).contains(path)).isEqualTo(leftOut));
    }

    @ParameterizedTest
    @CsvSource({ "observability.tracing.exclude-paths, quiet, observability.tracing.exclude-paths[0]",
            "observability.tracing.response.header, X Trace, observability.tracing.response.header" })
    void valueThatIsNoneStopsTheStart(String property, String value, String named) {
        this.runner.withPropertyValues(property + "=" + value)
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("'" + named + "'")
                .hasMessageContaining("'" + value + "'"));
    }

    @Test
    void isOffWhenSwitchedOff() {
        this.runner.withPropertyValues("observability.tracing.enabled=false").run((context) -> {
            assertThat(context).doesNotHaveBean(ServletTracingAutoConfiguration.class);
            assertThat(context.getBean(FilterRegistrationBean.class).getFilter())
                .isExactlyInstanceOf(ServerHttpObservationFilter.class);
        });
    }

    @Test
    void isOffWithoutAServletContainerOrTheBridge() {
        new ApplicationContextRunner().withConfiguration(CONFIGURATIONS)
            .run((context) -> assertThat(context).hasNotFailed()
                .doesNotHaveBean(ServletTracingAutoConfiguration.class));
        this.runner.withClassLoader(new FilteredClassLoader(OtelTracer.class))
            .run((context) -> assertThat(context).hasNotFailed()
                .doesNotHaveBean(ServletTracingAutoConfiguration.class));
    }

    private static FilterRegistrationBean<ServerHttpObservationFilter> registration(ObservationRegistry registry) {
        return new FilterRegistrationBean<>(new ServerHttpObservationFilter(registry));
    }

}
