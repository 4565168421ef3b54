package io.observability.starter.tracing.servlet;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.observability.starter.tracing.CallbackServer;
import io.observability.starter.tracing.RawHttp;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Spans on their way out.
 */
class ExportIntegrationTests {

    @Test
    void spansArriveWhereTheEndpointIs() {
        assertThat(ClassUtils.isPresent("okhttp3.OkHttpClient", getClass().getClassLoader())).isFalse();
        try (CallbackServer collector = new CallbackServer();
                ConfigurableApplicationContext context = ServletTestService.start(ServletTestService.Server.TOMCAT,
                        "observability.tracing.sampling.probability=1",
                        "management.opentelemetry.tracing.export.otlp.endpoint=" + collector.url("/v1/traces"))) {
            RawHttp.get(ServletTestService.port(context), "/status/200");
            await().untilAsserted(() -> {
                context.getBean(SdkTracerProvider.class).forceFlush().join(10, TimeUnit.SECONDS);
                assertThat(collector.calls()).isNotEmpty().allSatisfy((call) -> {
                    assertThat(call.path()).isEqualTo("/v1/traces");
                    assertThat(call.userAgent()).startsWith("OTel-OTLP-Exporter-Java");
                });
                assertThat(new String(collector.calls().get(0).body(), StandardCharsets.ISO_8859_1))
                    .contains("GET /status/{status}");
            });
        }
    }

}
