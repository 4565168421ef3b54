package io.observability.starter.health.autoconfigure;

import io.observability.starter.surface.TestService;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The probes of real services.
 */
class HealthIntegrationTests {

    @ParameterizedTest
    @EnumSource(names = { "TOMCAT", "JETTY", "NETTY" })
    void serviceWithoutAnySettingAnswersTheProbes(TestService.Server server) {
        try (TestService service = TestService.on(server).start()) {
            TestService.Answer health = service.get("/healthz");
            assertThat(health.status()).isEqualTo(200);
            assertThat(health.body()).matches(
                    "\\{\"status\":\"UP\",\"checks\":\\{\"diskSpace\":\\{\"status\":\"UP\",\"durationMs\":\\d+,\"ageMs\":\\d+},"
                            + "\"ssl\":\\{\"status\":\"UP\",\"durationMs\":\\d+,\"ageMs\":\\d+}}}");
            assertThat(health.header("Cache-Control")).isEqualTo("no-store");
            assertThat(health.header("Content-Type")).isEqualTo("application/json");
            for (String path : new String[] { "/livez", "/readyz" }) {
                TestService.Answer probe = service.get(path);
                assertThat(probe.status()).isEqualTo(200);
                assertThat(probe.body()).isEqualTo("{\"status\":\"UP\"}");
                assertThat(probe.header("Cache-Control")).isEqualTo("no-store");
            }
        }
    }

}
