package io.observability.starter.request.autoconfigure;

import java.util.List;
import java.util.stream.Stream;

import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationFilter;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationPredicate;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.observability.starter.metrics.autoconfigure.ReactiveMetricsAutoConfiguration;
import io.observability.starter.report.FeatureReport;
import io.observability.starter.report.ReportSource;
import io.observability.starter.request.HttpEngine;
import io.observability.starter.request.RequestEngine;
import io.observability.starter.request.reactive.ExchangeTracing;
import io.observability.starter.settings.InvalidSettingException;
import io.observability.starter.tracing.autoconfigure.ReactiveTracingAutoConfiguration;
import io.observability.starter.tracing.autoconfigure.TracingAutoConfiguration;
import io.observability.starter.tracing.reactive.DirectExchangeTracing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

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
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxObservationAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.ApplicationContext;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.http.server.reactive.observation.ServerRequestObservationConvention;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.web.reactive.function.client.ClientRequestObservationContext;

import static org.assertj.core.api.Assertions.assertThat;

class ReactiveRequestAutoConfigurationTests {

    private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(TracingAutoConfiguration.class,
            ReactiveTracingAutoConfiguration.class, ReactiveMetricsAutoConfiguration.class,
            ReactiveRequestAutoConfiguration.class, MetricsAutoConfiguration.class,
            io.observability.starter.metrics.autoconfigure.MetricsAutoConfiguration.class,
            CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class,
            ObservationAutoConfiguration.class, OpenTelemetrySdkAutoConfiguration.class,
            OpenTelemetryTracingAutoConfiguration.class, MicrometerTracingAutoConfiguration.class,
            WebFluxAutoConfiguration.class, HttpHandlerAutoConfiguration.class,
            WebFluxObservationAutoConfiguration.class);

    private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
        .withConfiguration(CONFIGURATIONS);

    @Test
    void isImported() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
            .contains(ReactiveRequestAutoConfiguration.class.getName());
    }

    @Test
    void requestPassesTheApplicationsRegistryBy() {
        this.runner.run((context) -> {
            assertThat(context.getBean(RequestEngine.class).engine()).isEqualTo(HttpEngine.DIRECT);
            assertThat(report(context).summary())
                .isEqualTo("requests by the starter's own handler: nothing changes Spring's observation");
            assertThat(isSeenByTheApplication(context)).isFalse();
        });
        this.runner.withPropertyValues("observability.http.engine=observation")
            .run((context) -> assertThat(isSeenByTheApplication(context)).isTrue());
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                Arguments.of(ServerRequestObservationConvention.class, new DefaultServerRequestObservationConvention()),
                Arguments.of(ObservationFilter.class, (ObservationFilter) (context) -> context),
                Arguments.of(ObservationPredicate.class, (ObservationPredicate) (name, context) -> true),
                Arguments.of(ObservationRegistryCustomizer.class,
                        (ObservationRegistryCustomizer<ObservationRegistry>) (registry) -> {
                        }),
                Arguments.of(ObservationRegistry.class, ObservationRegistry.create()),
                Arguments.of(ObservationHandler.class, new ServerHandler()),
                Arguments.of(GlobalObservationConvention.class, new ServerConvention()));
    }

    @ParameterizedTest
    @MethodSource("changes")
    <T> void whatChangesSpringsObservationKeepsIt(Class<T> type, T bean) {
        this.runner.withBean("mine", type, () -> bean)
            .run((context) -> assertThat(report(context).summary()).startsWith("requests by Spring's observation: ")
                .contains(type.getSimpleName() + " 'mine'"));
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
            "observability.tracing.enabled=false, the starter does not trace requests",
            "observability.http.engine=observation, asked for" })
    void settingThatKeepsSpringsObservationIsNamed(String property, String reason) {
        this.runner.withPropertyValues(property).run((context) -> {
            RequestEngine engine = context.getBean(RequestEngine.class);
            assertThat(engine.isDirect()).isFalse();
            assertThat(engine.reason()).contains(reason);
        });
    }

    @Test
    void handlerThatTheApplicationBuildsIsLeftAlone() {
        ReactiveWebApplicationContextRunner own = this.runner.withBean(HttpHandler.class,
                () -> (request, response) -> Mono.empty());
        own.run((context) -> assertThat(context.getBean(RequestEngine.class).reason())
            .isEqualTo("the application builds its own HttpHandler"));
        own.withPropertyValues("observability.http.engine=direct")
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("'observability.http.engine'")
                .hasMessageContaining("'direct'")
                .hasMessageContaining("its own HttpHandler"));
    }

    @Test
    void engineThatIsNoneStopsTheStart() {
        this.runner.withPropertyValues("observability.http.engine=fast")
            .run((context) -> assertThat(context).getFailure().hasStackTraceContaining("observability.http.engine"));
    }

    @Test
    void applicationsBeansWin() {
        this.runner.withBean(RequestEngine.class, () -> new RequestEngine(HttpEngine.OBSERVATION, "mine", List.of()))
            .run((context) -> assertThat(context.getBean(RequestEngine.class).reason()).isEqualTo("mine"));
        this.runner.withBean(ExchangeTracing.class, () -> (builder, times, listener) -> {
        }).run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(DirectExchangeTracing.class));
    }

    @Test
    void isOffWhenSwitchedOff() {
        this.runner.withPropertyValues("observability.http.enabled=false").run((context) -> {
            assertThat(context).hasNotFailed()
                .doesNotHaveBean(RequestEngine.class)
                .doesNotHaveBean(WebHttpHandlerBuilderCustomizer.class);
            assertThat(isSeenByTheApplication(context)).isTrue();
        });
    }

    @Test
    void isOffWithoutWebFluxOrTheBridge() {
        new ApplicationContextRunner().withConfiguration(CONFIGURATIONS)
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RequestEngine.class));
        for (Class<?> missing : List.of(OtelTracer.class, WebHttpHandlerBuilderCustomizer.class)) {
            this.runner.withClassLoader(new FilteredClassLoader(missing))
                .run((context) -> assertThat(context).doesNotHaveBean(RequestEngine.class));
        }
    }

    private static boolean isSeenByTheApplication(ApplicationContext context) {
        ServerHandler seen = new ServerHandler();
        context.getBean(ObservationRegistry.class).observationConfig().observationHandler(seen);
        context.getBean(HttpHandler.class)
            .handle(MockServerHttpRequest.get("http://localhost/nowhere").build(), new MockServerHttpResponse())
            .block();
        return seen.started;
    }

    private static FeatureReport report(ApplicationContext context) {
        return context.getBean("observabilityHttpReport", ReportSource.class).report();
    }

    static class ServerHandler implements ObservationHandler<ServerRequestObservationContext> {

        private boolean started;

        @Override
        public void onStart(ServerRequestObservationContext context) {
            this.started = true;
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof ServerRequestObservationContext;
        }

    }

    static class ServerConvention implements GlobalObservationConvention<ServerRequestObservationContext> {

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

}
