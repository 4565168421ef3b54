package io.observability.starter.health.autoconfigure;

import java.net.http.HttpResponse;

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
            HttpResponse<String> health = service.get("/healthz");
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.body()).matches(
                    "\\{\"status\":\"UP\",\"checks\":\\{\"diskSpace\":\\{\"status\":\"UP\",\"durationMs\":\\d+,\"ageMs\":\\d+},"
                            + "\"ssl\":\\{\"status\":\"UP\",\"durationMs\":\\d+,\"ageMs\":\\d+}}}");
            assertThat(health.headers().allValues("Cache-Control")).containsExactly("no-store");
            assertThat(health.headers().firstValue("Content-Type")).contains("application/json");
            for (String path : new String[] { "/livez", "/readyz" }) {
                HttpResponse<String> probe = service.get(path);
                assertThat(probe.statusCode()).isEqualTo(200);
                assertThat(probe.body()).isEqualTo("{\"status\":\"UP\"}");
                assertThat(probe.headers().allValues("Cache-Control")).containsExactly("no-store");
            }
        }
    }

}
