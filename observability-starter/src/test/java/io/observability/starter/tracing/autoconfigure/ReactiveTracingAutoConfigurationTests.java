package io.observability.starter.tracing.autoconfigure;

import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.observability.starter.settings.InvalidSettingException;
import io.observability.starter.tracing.ServerSpanHandler;
import io.observability.starter.tracing.UntracedPaths;
import io.observability.starter.tracing.reactive.SemanticRequestConvention;
import io.observability.starter.tracing.reactive.TracedWebFilter;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.webflux.autoconfigure.WebFluxObservationAutoConfiguration;
import org.springframework.http.server.reactive.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.reactive.observation.ServerRequestObservationConvention;

import static org.assertj.core.api.Assertions.assertThat;

class ReactiveTracingAutoConfigurationTests {

    private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
        .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
        .withConfiguration(AutoConfigurations.of(TracingAutoConfiguration.class, ReactiveTracingAutoConfiguration.class,
                ObservationAutoConfiguration.class, OpenTelemetrySdkAutoConfiguration.class,
                OpenTelemetryTracingAutoConfiguration.class, MicrometerTracingAutoConfiguration.class,
                MetricsAutoConfiguration.class, WebFluxObservationAutoConfiguration.class));

    @Test
    void isImported() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
            .contains(ReactiveTracingAutoConfiguration.class.getName());
    }

    @Test
    void tracesWebFlux() {
        this.runner.withPropertyValues("management.observations.http.server.requests.name=mine").run((context) -> {
            assertThat(context).hasSingleBean(TracedWebFilter.class)
                .hasSingleBean(ServerSpanHandler.class)
                .hasSingleBean(ServerRequestObservationConvention.class);
            assertThat(context.getBean(SemanticRequestConvention.class).getName()).isEqualTo("mine");
            assertThat(context.getBean(UntracedPaths.class).contains("/actuator/health")).isTrue();
        });
    }

    @Test
    void backsOffForBeansOfTheUser() {
        UntracedPaths paths = new UntracedPaths((path) -> false, List.of(), List.of());
        this.runner.withBean(UntracedPaths.class, () -> paths)
            .withBean(ServerRequestObservationConvention.class, DefaultServerRequestObservationConvention::new)
            .run((context) -> {
                assertThat(context).doesNotHaveBean(SemanticRequestConvention.class);
                assertThat(context.getBean(UntracedPaths.class)).isSameAs(paths);
            });
    }

    @Test
    void headerThatIsNoneStopsTheStart() {
        this.runner.withPropertyValues("observability.tracing.response.header=X Trace")
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("observability.tracing.response.header"));
    }

    @Test
    void isOffWhenSwitchedOffOrWithoutTheBridge() {
        this.runner.withPropertyValues("observability.tracing.enabled=false")
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(TracedWebFilter.class));
        this.runner.withClassLoader(new FilteredClassLoader(OtelTracer.class))
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(TracedWebFilter.class));
    }

}
