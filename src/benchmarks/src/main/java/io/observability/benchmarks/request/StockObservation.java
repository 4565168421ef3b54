package io.observability.benchmarks.request;

import java.util.function.BiFunction;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingAwareMeterObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.micrometer.tracing.propagation.Propagator;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.samplers.Sampler;

/**
 * What Spring's observation reports to, as Spring Boot sets it up.
 */
final class StockObservation {

    private StockObservation() {
    }

    /**
     * Make the tracer that all contenders share the kind of. Finished spans are dropped.
     * @param sampled whether traces that begin here are recorded
     * @return the tracer
     */
    static io.opentelemetry.api.trace.Tracer tracer(boolean sampled) {
        return SdkTracerProvider.builder()
            .setSampler(Sampler.parentBased(sampled ? Sampler.alwaysOn() : Sampler.alwaysOff()))
            .build()
            .get("benchmark");
    }

    /**
     * Make a registry with the handlers of metrics and of spans.
     * @param tracer what makes the spans
     * @param meters where the metrics go
     * @param spans makes the handler for what comes in, or for what goes out
     * @return the registry
     */
    static ObservationRegistry registry(io.opentelemetry.api.trace.Tracer tracer, MeterRegistry meters,
            BiFunction<Tracer, Propagator, ObservationHandler<?>> spans) {
        OtelTracer bridged = new OtelTracer(tracer, new OtelCurrentTraceContext(), (event) -> {
        });
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig()
            .observationHandler(spans.apply(bridged,
                    new OtelPropagator(ContextPropagators.create(W3CTraceContextPropagator.getInstance()), tracer)))
            .observationHandler(
                    new TracingAwareMeterObservationHandler<>(new DefaultMeterObservationHandler(meters), bridged));
        return registry;
    }

}
