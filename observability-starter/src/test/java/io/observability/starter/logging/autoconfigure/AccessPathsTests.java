package io.observability.starter.logging.autoconfigure;

import java.util.List;
import java.util.Map;

import io.observability.starter.logging.access.StarterPaths;
import io.observability.starter.surface.Audience;
import io.observability.starter.surface.Surface;
import io.observability.starter.surface.SurfaceEndpoint;
import io.observability.starter.surface.SurfaceRequest;
import io.observability.starter.surface.SurfaceResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link AccessPaths}.
 */
class AccessPathsTests {

    static final StarterPaths NONE = new StarterPaths((path) -> false, "");

    private final MockEnvironment environment = new MockEnvironment();

    private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

    @ParameterizedTest
    @CsvSource({ "/probe, true", "/actuator, true", "/actuator/health, true", "/actuators, false",
            "/actuator/../orders, false", "/actuator/..;/orders, false", "/actuator/%2e%2e/orders, false",
            "/orders, false" })
    void leavesOutTheStartersPathsAndTheActuator(String path, boolean left) {
        this.beans.registerSingleton("surface", new Surface(List.of(new Probe())));
        assertThat(paths("").contains(path)).isEqualTo(left);
    }

    @Test
    void actuatorStandsBelowTheDispatcherServlet() {
        assertThat(paths("/mvc").contains("/mvc/actuator/health")).isTrue();
        assertThat(paths("/mvc").contains("/actuator/health")).isFalse();
    }

    @Test
    void actuatorThatCannotBeToldApartIsNotLeftOut() {
        this.environment.setProperty("management.endpoints.web.base-path", "/");
        assertThat(paths("").contains("/health")).isFalse();
        this.environment.setProperty("management.endpoints.web.base-path", "/actuator");
        this.environment.setProperty("management.server.port", "9090");
        assertThat(paths("").contains("/actuator/health")).isFalse();
    }

    private StarterPaths paths(String servletPath) {
        return AccessPaths.of(this.environment, servletPath, this.beans.getBeanProvider(Surface.class));
    }

    private static final class Probe implements SurfaceEndpoint {

        @Override
        public String path() {
            return "/probe";
        }

        @Override
        public Audience audience() {
            return Audience.PROBE;
        }

        @Override
        public SurfaceResponse answer(SurfaceRequest request) {
            return new SurfaceResponse(200, Map.of(), new byte[0]);
        }

    }

}
