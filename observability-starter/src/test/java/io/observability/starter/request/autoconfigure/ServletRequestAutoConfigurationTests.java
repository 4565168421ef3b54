package io.observability.starter.request.autoconfigure;

import java.util.List;
import java.util.stream.Stream;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationFilter;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationPredicate;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.observability.starter.context.HeaderTags;
import io.observability.starter.context.autoconfigure.ContextAutoConfiguration;
import io.observability.starter.context.autoconfigure.ServletRequestIdAutoConfiguration;
import io.observability.starter.context.servlet.IncomingContext;
import io.observability.starter.context.servlet.RequestIdFilter;
import io.observability.starter.metrics.autoconfigure.ServletMetricsAutoConfiguration;
import io.observability.starter.report.FeatureReport;
import io.observability.starter.report.ReportSource;
import io.observability.starter.request.HttpEngine;
import io.observability.starter.request.RequestEngine;
import io.observability.starter.settings.InvalidSettingException;
import io.observability.starter.tracing.autoconfigure.ServletTracingAutoConfiguration;
import io.observability.starter.tracing.autoconfigure.TracingAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationRegistryCustomizer;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcObservationAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.observation.ClientRequestObservationContext;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.http.server.observation.ServerRequestObservationConvention;
import org.springframework.web.filter.ServerHttpObservationFilter;

import static org.assertj.core.api.Assertions.assertThat;

class ServletRequestAutoConfigurationTests {

    private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(ContextAutoConfiguration.class,
            ServletRequestIdAutoConfiguration.class, TracingAutoConfiguration.class,
            ServletTracingAutoConfiguration.class, ServletMetricsAutoConfiguration.class,
            ServletRequestAutoConfiguration.class, MetricsAutoConfiguration.class,
            io.observability.starter.metrics.autoconfigure.MetricsAutoConfiguration.class,
            CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class,
            ObservationAutoConfiguration.class, OpenTelemetrySdkAutoConfiguration.class,
            OpenTelemetryTracingAutoConfiguration.class, MicrometerTracingAutoConfiguration.class,
            WebMvcObservationAutoConfiguration.class);

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
        .withConfiguration(CONFIGURATIONS);

    @Test
    void isImported() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
            .contains(ServletRequestAutoConfiguration.class.getName());
    }

    @Test
    void oneFilterStandsInFrontOfAllOthers() {
        this.runner.run((context) -> {
            assertThat(context.getBean(RequestEngine.class).engine()).isEqualTo(HttpEngine.DIRECT);
            assertThat(registrations(context)).containsExactlyInAnyOrder("observabilityRequestFilter");
            assertThat(registration(context, "observabilityRequestFilter").getOrder()).isEqualTo(Integer.MIN_VALUE + 1);
            assertThat(report(context).summary()).startsWith("requests by the starter's own filter: ");
        });
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                Arguments.of(ServerRequestObservationConvention.class, new DefaultServerRequestObservationConvention()),
                Arguments.of(ObservationFilter.class, (ObservationFilter) (context) -> context),
                Arguments.of(ObservationPredicate.class, (ObservationPredicate) (name, context) -> true),
                Arguments.of(ObservationRegistryCustomizer.class,
                        (ObservationRegistryCustomizer<ObservationRegistry>) (registry) -> {
                        }),
                Arguments.of(ObservationHandler.class, new ServerHandler()));
    }

    @ParameterizedTest
    @MethodSource("changes")
    <T> void whatChangesSpringsObservationKeepsIt(Class<T> type, T bean) {
        this.runner.withBean("mine", type, () -> bean).run((context) -> {
            assertThat(registrations(context)).containsExactlyInAnyOrder("observabilityRequestIdFilter",
                    "observabilityTracedRequestFilter");
            assertThat(report(context).summary()).startsWith("requests by Spring's observation: ")
                .contains(type.getSimpleName() + " 'mine'");
        });
        this.runner.withBean("mine", type, () -> bean)
            .withPropertyValues("observability.http.engine=direct")
            .run((context) -> {
                assertThat(context.getBean(RequestEngine.class).isDirect()).isTrue();
                assertThat(report(context).summary()).contains("not asked: " + type.getSimpleName() + " 'mine'");
            });
    }

    @Test
    void handlerThatLooksAtOtherThingsChangesNothing() {
        this.runner.withBean("mine", ObservationHandler.class, ClientHandler::new)
            .run((context) -> assertThat(context.getBean(RequestEngine.class).isDirect()).isTrue());
    }

    @ParameterizedTest
    @CsvSource({ "management.observations.key-values.region=eu, management.observations.key-values",
            "management.observations.enable.http.server=false, management.observations.enable.http.server=false",
            "observability.metrics.enabled=false, the starter does not measure requests",
            "observability.http.engine=observation, asked for" })
    void settingThatKeepsSpringsObservationIsNamed(String property, String reason) {
        this.runner.withPropertyValues(property).run((context) -> {
            RequestEngine engine = context.getBean(RequestEngine.class);
            assertThat(engine.isDirect()).isFalse();
            assertThat(engine.reason()).contains(reason);
        });
    }

    @Test
    void applicationsOwnFiltersStay() {
        this.runner.withUserConfiguration(OwnFilters.class)
            .run((context) -> assertThat(context.getBean(RequestEngine.class).reason())
                .isEqualTo("the application registers its own RequestIdFilter"));
        this.runner
            .withBean(ServerHttpObservationFilter.class,
                    () -> new ServerHttpObservationFilter(ObservationRegistry.create()))
            .run((context) -> assertThat(context.getBean(RequestEngine.class).reason())
                .isEqualTo("the application registers its own ServerHttpObservationFilter"));
    }

    @Test
    void directThatCannotBeStopsTheStart() {
        this.runner.withUserConfiguration(OwnFilters.class)
            .withPropertyValues("observability.http.engine=direct")
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("'observability.http.engine'")
                .hasMessageContaining("'direct'")
                .hasMessageContaining("its own RequestIdFilter"));
    }

    @Test
    void engineThatIsNoneStopsTheStart() {
        this.runner.withPropertyValues("observability.http.engine=fast")
            .run((context) -> assertThat(context).getFailure().hasStackTraceContaining("observability.http.engine"));
    }

    @Test
    void applicationsChoiceOfEngineWins() {
        this.runner.withBean(RequestEngine.class, () -> new RequestEngine(HttpEngine.OBSERVATION, "mine", List.of()))
            .run((context) -> assertThat(context.getBean(RequestEngine.class).reason()).isEqualTo("mine"));
    }

    @Test
    void isOffWhenSwitchedOff() {
        this.runner.withPropertyValues("observability.http.enabled=false").run((context) -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(RequestEngine.class);
            assertThat(registrations(context)).containsExactlyInAnyOrder("observabilityRequestIdFilter",
                    "observabilityTracedRequestFilter");
        });
    }

    @Test
    void isOffWithoutAServletContainerOrTheBridge() {
        new ApplicationContextRunner().withConfiguration(CONFIGURATIONS)
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RequestEngine.class));
        this.runner.withClassLoader(new FilteredClassLoader(OtelTracer.class))
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RequestEngine.class));
    }

    private static List<String> registrations(ApplicationContext context) {
        return Stream.of(context.getBeanNamesForType(FilterRegistrationBean.class))
            .filter((name) -> name.contains("Request") && registration(context, name).isEnabled())
            .toList();
    }

    private static FilterRegistrationBean<?> registration(ApplicationContext context, String name) {
        return (FilterRegistrationBean<?>) context.getBean(name);
    }

    private static FeatureReport report(ApplicationContext context) {
        return context.getBean("observabilityHttpReport", ReportSource.class).report();
    }

    static class ServerHandler implements ObservationHandler<ServerRequestObservationContext> {

        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof ServerRequestObservationContext;
        }

    }

    static class ClientHandler implements ObservationHandler<Observation.Context> {

        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof ClientRequestObservationContext;
        }

    }

    @Configuration(proxyBeanMethods = false)
    static class OwnFilters {

        @Bean
        FilterRegistrationBean<RequestIdFilter> mine() {
            return new FilterRegistrationBean<>(
                    new RequestIdFilter(new IncomingContext("X-Own", true, true, HeaderTags.NONE)));
        }

    }

}
