package io.observability.starter.context.autoconfigure;

import io.micrometer.tracing.otel.bridge.Slf4JEventListener;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Puts trace and span id into the MDC under the starter's names.
 */
@Configuration(proxyBeanMethods = false)
class TracingFields {

    @Bean
    Slf4JEventListener slf4JEventListener() {
        return new Slf4JEventListener("trace_id", "span_id");
    }

}
