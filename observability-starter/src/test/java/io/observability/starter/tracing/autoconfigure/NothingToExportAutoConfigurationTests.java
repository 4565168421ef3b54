package io.observability.starter.tracing.autoconfigure;

import io.micrometer.tracing.exporter.SpanReporter;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.testing.exporter.InMemoryLogRecordExporter;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.logging.OpenTelemetryLoggingAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Queues and threads only for what is exported.
 */
class NothingToExportAutoConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(NothingToExportAutoConfiguration.class,
                OpenTelemetrySdkAutoConfiguration.class, OpenTelemetryLoggingAutoConfiguration.class,
                ObservationAutoConfiguration.class, MicrometerTracingAutoConfiguration.class,
                OpenTelemetryTracingAutoConfiguration.class, OtlpTracingAutoConfiguration.class));

    @Test
    void isImported() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
            .contains(NothingToExportAutoConfiguration.class.getName());
    }

    @Test
    void nothingWaitsWhereNothingIsExported() {
        this.runner.run((context) -> {
            assertThat(context).hasSingleBean(SdkTracerProvider.class).hasSingleBean(SdkLoggerProvider.class);
            assertThat(context.getBeanProvider(BatchSpanProcessor.class).stream()).isEmpty();
            assertThat(context.getBeanProvider(BatchLogRecordProcessor.class).stream()).isEmpty();
            assertThat(context).doesNotHaveBean("otelSpanProcessor")
                .doesNotHaveBean("openTelemetryBatchLogRecordProcessor");
        });
    }

    @Test
    void anExporterOfSpansHasItsQueue() {
        this.runner.withBean(SpanExporter.class, InMemorySpanExporter::create)
            .run((context) -> assertThat(context.getBean(BatchSpanProcessor.class)).isNotNull());
    }

    @Test
    void anEndpointForSpansHasItsQueue() {
        this.runner
            .withPropertyValues("management.opentelemetry.tracing.export.otlp.endpoint=http://localhost:1/v1/traces")
            .run((context) -> assertThat(context.getBean(BatchSpanProcessor.class)).isNotNull());
    }

    @Test
    void aReporterOfSpansHasItsQueue() {
        this.runner.withBean(SpanReporter.class, () -> (span) -> {
        }).run((context) -> assertThat(context.getBean(BatchSpanProcessor.class)).isNotNull());
    }

    @Test
    void anExporterOfLogRecordsHasItsQueue() {
        this.runner.withBean(LogRecordExporter.class, InMemoryLogRecordExporter::create)
            .run((context) -> assertThat(context.getBean(BatchLogRecordProcessor.class)).isNotNull());
    }

    @Test
    void aProcessorOfTheApplicationStays() {
        BatchSpanProcessor own = BatchSpanProcessor.builder(InMemorySpanExporter.create()).build();
        this.runner.withBean(BatchSpanProcessor.class, () -> own)
            .run((context) -> assertThat(context.getBean(BatchSpanProcessor.class)).isSameAs(own));
    }

    @Test
    void switchedOffItLeavesAllToSpringBoot() {
        this.runner.withPropertyValues("observability.tracing.enabled=false")
            .run((context) -> assertThat(context).hasBean("otelSpanProcessor")
                .hasBean("openTelemetryBatchLogRecordProcessor"));
    }

    @Test
    void withoutTheSdkThereIsNothing() {
        this.runner.withClassLoader(new FilteredClassLoader("io.opentelemetry.sdk"))
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SdkTracerProvider.class));
    }

}
