package io.observability.starter.call.autoconfigure;

import java.util.List;
import java.util.stream.Stream;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationFilter;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationPredicate;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.observability.starter.call.CallEngine;
import io.observability.starter.call.servlet.RestCallConvention;
import io.observability.starter.context.autoconfigure.ContextAutoConfiguration;
import io.observability.starter.report.FeatureReport;
import io.observability.starter.report.ReportSource;
import io.observability.starter.request.HttpEngine;
import io.observability.starter.settings.InvalidSettingException;
import io.observability.starter.tracing.autoconfigure.CallTracingAutoConfiguration;
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
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientObservationAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestTemplateAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestTemplateObservationAutoConfiguration;
import org.springframework.boot.restclient.observation.ObservationRestClientCustomizer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.boot.webclient.autoconfigure.WebClientObservationAutoConfiguration;
import org.springframework.boot.webclient.observation.ObservationWebClientCustomizer;
import org.springframework.context.ApplicationContext;
import org.springframework.http.client.observation.ClientRequestObservationContext;
import org.springframework.http.client.observation.ClientRequestObservationConvention;
import org.springframework.http.client.observation.DefaultClientRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

class CallAutoConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(CallAutoConfiguration.class, CallTracingAutoConfiguration.class,
                ContextAutoConfiguration.class, TracingAutoConfiguration.class,
                io.observability.starter.metrics.autoconfigure.MetricsAutoConfiguration.class,
                MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
                SimpleMetricsExportAutoConfiguration.class, ObservationAutoConfiguration.class,
                OpenTelemetrySdkAutoConfiguration.class, OpenTelemetryTracingAutoConfiguration.class,
                MicrometerTracingAutoConfiguration.class, RestClientAutoConfiguration.class,
                RestClientObservationAutoConfiguration.class, RestTemplateAutoConfiguration.class,
                RestTemplateObservationAutoConfiguration.class, WebClientAutoConfiguration.class,
                WebClientObservationAutoConfiguration.class));

    @Test
    void isImported() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
            .contains(CallAutoConfiguration.class.getName(), CallTracingAutoConfiguration.class.getName());
    }

    @Test
    void clientsOfTheBuildersAreGivenAnotherRegistry() {
        this.runner.run((context) -> {
            assertThat(context.getBean(CallEngine.class).engine()).isEqualTo(HttpEngine.DIRECT);
            assertThat(isDirect(context)).isTrue();
            assertThat(report(context).summary())
                .isEqualTo("calls by the starter's own observation: nothing changes Spring's observation");
        });
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                Arguments.of(ClientRequestObservationConvention.class, new DefaultClientRequestObservationConvention()),
                Arguments.of(org.springframework.web.reactive.function.client.ClientRequestObservationConvention.class,
                        new org.springframework.web.reactive.function.client.DefaultClientRequestObservationConvention()),
                Arguments.of(ObservationFilter.class, (ObservationFilter) (context) -> context),
                Arguments.of(ObservationPredicate.class, (ObservationPredicate) (name, context) -> true),
                Arguments.of(ObservationRegistryCustomizer.class,
                        (ObservationRegistryCustomizer<ObservationRegistry>) (registry) -> {
                        }),
                Arguments.of(ObservationHandler.class, new Handler(ClientRequestObservationContext.class)),
                Arguments.of(ObservationHandler.class, new Handler(
                        org.springframework.web.reactive.function.client.ClientRequestObservationContext.class)));
    }

    @ParameterizedTest
    @MethodSource("changes")
    <T> void whatChangesSpringsObservationKeepsIt(Class<T> type, T bean) {
        this.runner.withBean("mine", type, () -> bean).run((context) -> {
            assertThat(isDirect(context)).isFalse();
            assertThat(report(context).summary()).startsWith("calls by Spring's observation: ")
                .contains(type.getSimpleName() + " 'mine'");
        });
        this.runner.withBean("mine", type, () -> bean)
            .withPropertyValues("observability.http.client.engine=direct")
            .run((context) -> {
                assertThat(isDirect(context)).isTrue();
                assertThat(report(context).summary()).contains("not asked: " + type.getSimpleName() + " 'mine'");
            });
    }

    @Test
    void handlerThatLooksAtOtherThingsChangesNothing() {
        this.runner.withBean("mine", ObservationHandler.class, () -> new Handler(ServerRequestObservationContext.class))
            .run((context) -> assertThat(isDirect(context)).isTrue());
    }

    @ParameterizedTest
    @CsvSource({ "management.observations.key-values.region=eu, management.observations.key-values",
            "management.observations.enable.http.client=false, management.observations.enable.http.client=false",
            "observability.metrics.enabled=false, the starter does not measure calls",
            "observability.tracing.enabled=false, the starter does not trace calls",
            "observability.http.client.engine=observation, asked for" })
    void settingThatKeepsSpringsObservationIsNamed(String property, String reason) {
        this.runner.withPropertyValues(property).run((context) -> {
            assertThat(isDirect(context)).isFalse();
            assertThat(context.getBean(CallEngine.class).reason()).contains(reason);
        });
    }

    @Test
    void directThatCannotBeStopsTheStart() {
        this.runner.withPropertyValues("observability.metrics.enabled=false", "observability.http.client.engine=direct")
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("'observability.http.client.engine'")
                .hasMessageContaining("'direct'")
                .hasMessageContaining("does not measure calls"));
    }

    @Test
    void engineThatIsNoneStopsTheStart() {
        this.runner.withPropertyValues("observability.http.client.engine=fast")
            .run((context) -> assertThat(context).getFailure()
                .hasStackTraceContaining("observability.http.client.engine"));
    }

    @Test
    void applicationsChoiceOfEngineWins() {
        this.runner.withBean(CallEngine.class, () -> new CallEngine(HttpEngine.OBSERVATION, "mine", List.of()))
            .run((context) -> assertThat(isDirect(context)).isFalse());
    }

    @Test
    void clientThatIsGivenARegistryKeepsIt() {
        ObservationRegistry mine = ObservationRegistry.create();
        this.runner.run((context) -> {
            RestTemplate template = context.getBean(RestTemplateBuilder.class).build();
            template.setObservationRegistry(mine);
            assertThat(template.getObservationRegistry()).isSameAs(mine);
        });
        this.runner
            .withBean("mine", ObservationRestClientCustomizer.class,
                    () -> new ObservationRestClientCustomizer(mine, new DefaultClientRequestObservationConvention()))
            .run((context) -> assertThat(context.getBean("mine")).extracting("observationRegistry").isSameAs(mine));
    }

    @Test
    void isOffWhenSwitchedOff() {
        this.runner.withPropertyValues("observability.http.client.enabled=false").run((context) -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(CallEngine.class);
            assertThat(isDirect(context)).isFalse();
        });
    }

    @Test
    void doesWithoutEachClient() {
        this.runner.withClassLoader(new FilteredClassLoader(OtelTracer.class))
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(CallEngine.class));
        this.runner.withClassLoader(new FilteredClassLoader(ObservationRestClientCustomizer.class))
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("observabilityRestClientCalls"));
        this.runner.withClassLoader(new FilteredClassLoader(ObservationWebClientCustomizer.class, WebClient.class))
            .run((context) -> assertThat(context).hasNotFailed()
                .hasSingleBean(CallEngine.class)
                .doesNotHaveBean("observabilityWebClientCalls"));
    }

    private static boolean isDirect(ApplicationContext context) {
        boolean template = context.getBean(RestTemplateBuilder.class)
            .build()
            .getObservationConvention() instanceof RestCallConvention;
        for (String name : List.of("observationRestClientCustomizer", "observationWebClientCustomizer")) {
            assertThat(context.getBean(name)).extracting("observationConvention")
                .satisfies((convention) -> assertThat(convention.getClass().getSimpleName().endsWith("CallConvention"))
                    .isEqualTo(template));
        }
        return template;
    }

    private static FeatureReport report(ApplicationContext context) {
        return context.getBean("observabilityHttpClientReport", ReportSource.class).report();
    }

    record Handler(Class<?> type) implements ObservationHandler<Observation.Context> {

        @Override
        public boolean supportsContext(Observation.Context context) {
            return this.type.isInstance(context);
        }

    }

}
