package io.observability.starter.tracing.servlet;

import io.observability.starter.tracing.RawHttp;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tracing beside a management port of its own.
 */
class ManagementPortIntegrationTests {

    @Test
    void nothingOfTheManagementPortIsTraced() {
        try (ConfigurableApplicationContext context = ServletTestService.start(ServletTestService.Server.TOMCAT,
                "observability.tracing.sampling.probability=1", "management.server.port=0",
                // Spring Boot can't choose between two containers that are both here.
                "spring.autoconfigure.exclude=org.springframework.boot.jetty.autoconfigure.actuate.web.server."
                        + "JettyServletManagementContextAutoConfiguration")) {
            int management = context.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
            assertThat(RawHttp.get(management, "/actuator/health").status()).isEqualTo(200);
            assertThat(RawHttp.get(management, "/no/such/path").headers()).doesNotContainKey("x-trace-id");
            String marker = RawHttp.get(ServletTestService.port(context), "/status/200").headers().get("x-trace-id");
            await().untilAsserted(() -> assertThat(SpanRecorder.take(context)).isNotEmpty()
                .extracting(SpanData::getTraceId)
                .containsOnly(marker));
        }
    }

}
