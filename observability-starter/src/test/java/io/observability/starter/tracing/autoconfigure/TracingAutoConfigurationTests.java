package io.observability.starter.tracing.autoconfigure;

import java.util.Map;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.micrometer.tracing.otel.bridge.Slf4JEventListener;
import io.micrometer.tracing.propagation.Propagator;
import io.observability.starter.context.Unobserved;
import io.observability.starter.report.FeatureReport;
import io.observability.starter.report.ReportSource;
import io.observability.starter.settings.InvalidSettingException;
import io.observability.starter.tracing.TraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class TracingAutoConfigurationTests {

    private static final String TRACE = "12345678901234567890123456789012";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(TracingAutoConfiguration.class, ObservationAutoConfiguration.class,
                OpenTelemetrySdkAutoConfiguration.class, OpenTelemetryTracingAutoConfiguration.class,
                MicrometerTracingAutoConfiguration.class, OtlpTracingAutoConfiguration.class));

    @Test
    void isImported() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
            .contains(TracingAutoConfiguration.class.getName());
    }

    @Test
    void recordsATenthOfNewTracesAndSendsThemNowhere() {
        this.runner.run((context) -> {
            assertThat(context.getBean(Sampler.class).getDescription()).contains("root:TraceIdRatioBased{0.100000}");
            assertThat(context).doesNotHaveBean(SpanExporter.class).doesNotHaveBean(LogRecordExporter.class);
            FeatureReport report = context.getBean(ReportSource.class).report();
            assertThat(report.state()).isEqualTo(FeatureReport.State.ON);
            assertThat(report.summary()).isEqualTo("10 % of new traces, exported nowhere");
            assertThat(report.missing()).singleElement()
                .asString()
                .contains("management.opentelemetry.tracing.export.otlp.endpoint");
        });
    }

    @Test
    void reportNamesTheDestinationWithoutItsSecrets() {
        this.runner
            .withPropertyValues("observability.tracing.sampling.probability=1",
                    "management.opentelemetry.tracing.export.otlp.endpoint=http://me:pw@localhost:1/v1/traces?key=1")
            .run((context) -> {
                assertThat(context).hasSingleBean(SpanExporter.class);
                assertThat(context.getBean(ReportSource.class).report().summary())
                    .isEqualTo("100 % of new traces, to http://localhost:1/v1/traces");
            });
    }

    @Test
    void ownProbabilityWinsOverThatOfSpringBoot() {
        this.runner.withPropertyValues("management.tracing.sampling.probability=0.3")
            .run((context) -> assertThat(context.getBean(Sampler.class).getDescription()).contains("{0.300000}"));
        this.runner
            .withPropertyValues("management.tracing.sampling.probability=0.3",
                    "observability.tracing.sampling.probability=0.7")
            .run((context) -> assertThat(context.getBean(Sampler.class).getDescription()).contains("{0.700000}"));
    }

    @Test
    void choiceOfTheSamplerInSpringBootIsHonoured() {
        this.runner.withPropertyValues("management.opentelemetry.tracing.sampler=always-on").run((context) -> {
            assertThat(context.getBean(Sampler.class)).isEqualTo(Sampler.alwaysOn());
            assertThat(context.getBean(ReportSource.class).report().summary()).startsWith("traces by AlwaysOnSampler");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = { "2", "-0.1", "NaN" })
    void probabilityThatIsNoneStopsTheStart(String value) {
        for (String property : new String[] { "observability.tracing.sampling.probability",
                "management.tracing.sampling.probability" }) {
            this.runner.withPropertyValues(property + "=" + value)
                .run((context) -> assertThat(context).getFailure()
                    .rootCause()
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageContaining(property)
                    .hasMessageContaining("a number from 0.0 to 1.0"));
        }
    }

    @Test
    void readsB3WhereThereIsNoTraceParent() {
        this.runner.run((context) -> {
            assertThat(traceId(context.getBean(Propagator.class), Map.of("b3", TRACE + "-1234567890123456-1")))
                .isEqualTo(TRACE);
            assertThat(traceId(context.getBean(Propagator.class), Map.of("b3", "a".repeat(32) + "-1234567890123456-1",
                    "traceparent", "00-" + TRACE + "-1234567890123456-01")))
                .isEqualTo(TRACE);
        });
    }

    @Test
    void orderOfFormatsThatTheUserSetStays() {
        this.runner.withPropertyValues("management.tracing.propagation.type=b3,w3c").run((context) -> {
            assertThat(context.getBean(ContextPropagators.class).getTextMapPropagator())
                .isNotInstanceOf(TraceContextPropagator.class);
            assertThat(context.getBean(ReportSource.class).report().state())
                .isEqualTo(FeatureReport.State.STEPPED_BACK);
        });
    }

    @Test
    void baggageIsReadAsBefore() {
        this.runner.withPropertyValues("management.tracing.baggage.remote-fields=tenant").run((context) -> {
            Tracer tracer = context.getBean(Tracer.class);
            Span span = context.getBean(Propagator.class)
                .extract(Map.of("traceparent", "00-" + TRACE + "-1234567890123456-01", "tenant", "blue", "baggage",
                        "tenant=green"), Map::get)
                .start();
            try (Tracer.SpanInScope scope = tracer.withSpan(span)) {
                assertThat(tracer.getAllBaggage()).containsKey("tenant");
            }
        });
    }

    @Test
    void nothingIsObservedWhileAProbeIsAnswered() {
        this.runner.run((context) -> {
            ObservationRegistry registry = context.getBean(ObservationRegistry.class);
            try (Unobserved.Scope scope = Unobserved.open()) {
                assertThat(Observation.createNotStarted("query", registry).isNoop()).isTrue();
            }
            assertThat(Observation.createNotStarted("query", registry).isNoop()).isFalse();
        });
    }

    @Test
    void backsOffForBeansOfTheUser() {
        ContextPropagators propagators = ContextPropagators.create(TextMapPropagator.noop());
        Slf4JEventListener listener = new Slf4JEventListener();
        this.runner.withBean(Sampler.class, Sampler::alwaysOff)
            .withBean(ContextPropagators.class, () -> propagators)
            .withBean(Slf4JEventListener.class, () -> listener)
            .run((context) -> {
                assertThat(context.getBean(Sampler.class)).isEqualTo(Sampler.alwaysOff());
                assertThat(context.getBean(ContextPropagators.class)).isSameAs(propagators);
                assertThat(context.getBean(Slf4JEventListener.class)).isSameAs(listener);
            });
    }

    @Test
    void isOffWhenSwitchedOff() {
        for (String property : new String[] { "observability.enabled", "observability.tracing.enabled" }) {
            this.runner.withPropertyValues(property + "=false")
                .run((context) -> assertThat(context).doesNotHaveBean(TracingAutoConfiguration.class)
                    .hasSingleBean(Sampler.class));
        }
    }

    @Test
    void isOffWithoutTheBridge() {
        this.runner.withClassLoader(new FilteredClassLoader(OtelTracer.class))
            .run((context) -> assertThat(context).doesNotHaveBean(TracingAutoConfiguration.class));
    }

    @Test
    void exportThatIsOffLeavesPropagationToSpringBoot() {
        this.runner.withPropertyValues("management.tracing.export.enabled=false")
            .run((context) -> assertThat(context.getBean(ContextPropagators.class).getTextMapPropagator())
                .isNotInstanceOf(TraceContextPropagator.class));
    }

    private static String traceId(Propagator propagator, Map<String, String> headers) {
        return propagator.extract(headers, Map::get).start().context().traceId();
    }

}
