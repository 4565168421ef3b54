package io.observability.starter.tracing;

import java.util.List;

import io.observability.starter.settings.InvalidSettingException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class UntracedPathsTests {

    private final UntracedPaths paths = new UntracedPaths("/healthz"::equals, List.of("/actuator"),
            List.of("/static/**", "/jobs/*/ping", "/v?/up", "/exact"));

    @ParameterizedTest
    @ValueSource(strings = { "/healthz", "/actuator", "/actuator/", "/actuator/health/liveness", "/static",
            "/static/css/a.css", "/jobs/7/ping", "/v1/up", "/exact" })
    void leavesOut(String path) {
        assertThat(this.paths.contains(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "/", "", "/healthz/x", "/actuators", "/statics", "/jobs/7/8/ping", "/jobs/ping", "/v10/up",
            "/exact/x", "/static/../orders", "/actuator/..;/orders", "/actuator/%2e%2e/orders", "/actuator//orders",
            "/actuator/\\orders" })
    void keeps(String path) {
        assertThat(this.paths.contains(path)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({ "static", "''", "/a/**/b", "/a**", "/**", "/a b", "/a\\b" })
    void refusesAPatternThatIsNone(String pattern) {
        assertThatExceptionOfType(InvalidSettingException.class)
            .isThrownBy(() -> new UntracedPaths((path) -> false, List.of(), List.of("/fine", pattern)))
            .withMessageContaining("observability.tracing.exclude-paths[1]")
            .withMessageContaining("'" + pattern + "'");
    }

}
