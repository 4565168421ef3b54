package io.observability.starter.tracing.autoconfigure;

import java.util.List;

import io.micrometer.observation.ObservationPredicate;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.micrometer.tracing.otel.bridge.Slf4JEventListener;
import io.observability.starter.context.ContextField;
import io.observability.starter.context.Unobserved;
import io.observability.starter.report.ReportSource;
import io.observability.starter.settings.SettingChecks;
import io.observability.starter.settings.autoconfigure.ConditionalOnFeature;
import io.observability.starter.tracing.TraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.micrometer.tracing.autoconfigure.ConditionalOnEnabledTracingExport;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.TracingProperties.Propagation;
import org.springframework.boot.micrometer.tracing.autoconfigure.TracingProperties.Propagation.PropagationType;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of tracing whatever the application serves: propagation, sampling,
 * the names of the ids in the log, and what is left out.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = OpenTelemetryTracingAutoConfiguration.class)
@ConditionalOnFeature("tracing")
@ConditionalOnClass({ OtelTracer.class, SdkTracerProvider.class, OpenTelemetryTracingAutoConfiguration.class })
@EnableConfigurationProperties({ TracingProperties.class,
        org.springframework.boot.micrometer.tracing.autoconfigure.TracingProperties.class })
public final class TracingAutoConfiguration {

    // Ahead of Spring Boot's handler for all that is received.
    static final int HANDLER_ORDER = MicrometerTracingAutoConfiguration.RECEIVER_TRACING_OBSERVATION_HANDLER_ORDER
            - 100;

    private final org.springframework.boot.micrometer.tracing.autoconfigure.TracingProperties bootProperties;

    private final double probability;

    TracingAutoConfiguration(TracingProperties properties,
            org.springframework.boot.micrometer.tracing.autoconfigure.TracingProperties bootProperties) {
        this.bootProperties = bootProperties;
        Double own = properties.getSampling().getProbability();
        this.probability = (own != null)
                ? SettingChecks.inRange("observability.tracing.sampling.probability", own, 0.0, 1.0)
                : SettingChecks.inRange("management.tracing.sampling.probability",
                        Double.parseDouble(Float.toString(bootProperties.getSampling().getProbability())), 0.0, 1.0);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnEnabledTracingExport
    ContextPropagators observabilityContextPropagators(ObjectProvider<TextMapPropagator> propagators) {
        List<TextMapPropagator> found = propagators.orderedStream().toList();
        TextMapPropagator all = TextMapPropagator.composite(found);
        return ContextPropagators.create(isW3cFirst()
                ? new TraceContextPropagator(all, found.stream().allMatch(TracingAutoConfiguration::isSpringBoots))
                : all);
    }

    @Bean
    @ConditionalOnMissingBean
    @Conditional(OnOwnSamplerCondition.class)
    Sampler observabilityTraceSampler() {
        return Sampler.parentBased(Sampler.traceIdRatioBased(this.probability));
    }

    @Bean
    @ConditionalOnMissingBean
    Slf4JEventListener observabilityLogCorrelation() {
        return new Slf4JEventListener(ContextField.TRACE_ID.key(), ContextField.SPAN_ID.key());
    }

    @Bean
    @ConditionalOnMissingBean(name = "observabilityUnobservedPredicate")
    ObservationPredicate observabilityUnobservedPredicate() {
        return (name, context) -> !Unobserved.isActive();
    }

    @Bean
    @ConditionalOnMissingBean(name = "observabilityTracingReport")
    ReportSource observabilityTracingReport(Environment environment, ObjectProvider<Sampler> sampler,
            ObjectProvider<ContextPropagators> propagators, ObjectProvider<SpanExporter> exporters,
            ObjectProvider<OtlpTracingConnectionDetails> connection) {
        return new TracingReport(environment, sampler, propagators, exporters, connection, this.probability);
    }

    // Of those of Spring Boot it is known that their fields are all that they read.
    private static boolean isSpringBoots(TextMapPropagator propagator) {
        return propagator.getClass().getName().startsWith("org.springframework.boot.");
    }

    // Where the user wants another format to be asked first, Spring Boot's order stays.
    private boolean isW3cFirst() {
        Propagation propagation = this.bootProperties.getPropagation();
        List<PropagationType> consumed = (propagation.getType() != null) ? propagation.getType()
                : propagation.getConsume();
        return !consumed.isEmpty() && consumed.get(0) == PropagationType.W3C;
    }

}
