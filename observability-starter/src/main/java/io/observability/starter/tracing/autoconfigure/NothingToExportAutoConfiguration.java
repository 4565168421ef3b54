package io.observability.starter.tracing.autoconfigure;

import io.micrometer.tracing.exporter.SpanReporter;
import io.observability.starter.settings.autoconfigure.ConditionalOnFeature;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.logging.OpenTelemetryLoggingAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration for where nothing is exported, which is how a service starts out:
 * Spring Boot would have a queue and a thread wait for spans, and another for log
 * records, that no exporter will ever take. In their place there is nothing
 * ({@code null}), so that Spring Boot does not make its own.
 *
 * @since 0.1.0
 */
@AutoConfiguration(
        before = { OpenTelemetryTracingAutoConfiguration.class, OpenTelemetryLoggingAutoConfiguration.class },
        after = OtlpTracingAutoConfiguration.class,
        afterName = {
                "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.zipkin.ZipkinWithOpenTelemetryTracingAutoConfiguration",
                "org.springframework.boot.opentelemetry.autoconfigure.logging.otlp.OtlpLoggingAutoConfiguration" })
@ConditionalOnFeature("tracing")
public final class NothingToExportAutoConfiguration {

    NothingToExportAutoConfiguration() {
    }

    /**
     * No spans to export.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({ BatchSpanProcessor.class, OpenTelemetryTracingAutoConfiguration.class, SpanReporter.class })
    static class SpanConfiguration {

        @Bean
        @ConditionalOnMissingBean({ SpanExporter.class, SpanExporters.class, SpanReporter.class,
                BatchSpanProcessor.class })
        @Nullable BatchSpanProcessor observabilityNoSpanProcessor() {
            return null;
        }

    }

    /**
     * No log records to export.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({ BatchLogRecordProcessor.class, OpenTelemetryLoggingAutoConfiguration.class })
    static class LogRecordConfiguration {

        @Bean
        @ConditionalOnMissingBean({ LogRecordExporter.class, BatchLogRecordProcessor.class })
        @Nullable BatchLogRecordProcessor observabilityNoLogRecordProcessor() {
            return null;
        }

    }

}
