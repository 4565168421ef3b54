package io.observability.starter.tracing.servlet;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * The spans that a service would export.
 */
final class SpanRecorder {

    private SpanRecorder() {
    }

    static List<SpanData> take(ConfigurableApplicationContext context) {
        context.getBean(SdkTracerProvider.class).forceFlush().join(10, TimeUnit.SECONDS);
        InMemorySpanExporter exporter = context.getBean(InMemorySpanExporter.class);
        List<SpanData> spans = List.copyOf(exporter.getFinishedSpanItems());
        exporter.reset();
        return spans;
    }

}
