package io.observability.starter.request.servlet;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.observability.starter.logging.access.AccessLines;
import io.observability.starter.logging.servlet.AccessLineService;
import io.observability.starter.request.EngineTraces;
import io.observability.starter.request.HttpEngine;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request that ends in any way leaves the same metric, span, line and ids behind,
 * whichever engine observes it.
 */
@ParameterizedClass
@EnumSource(AccessLineService.Server.class)
class EngineMatrixIntegrationTests {

    private static final Map<HttpEngine, ConfigurableApplicationContext> SERVICES = new EnumMap<>(HttpEngine.class);

    @Parameter
    AccessLineService.Server server;

    @AutoClose
    private final AccessLines lines = AccessLines.attach();

    @BeforeParameterizedClassInvocation
    static void start(AccessLineService.Server server) {
        for (HttpEngine engine : List.of(HttpEngine.DIRECT, HttpEngine.OBSERVATION)) {
            SERVICES.put(engine, AccessLineService.start(server, "observability.http.engine=" + engine,
                    "observability.tracing.sampling.probability=1"));
        }
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        SERVICES.values().forEach(ConfigurableApplicationContext::close);
    }

    @ParameterizedTest
    @ValueSource(strings = { "GET /products/7", "HEAD /products/7", "OPTIONS /products/7", "BREW /products/7",
            "GET /empty", "GET /elsewhere", "GET /nowhere", "DELETE /products/7", "GET /error-sent", "GET /writer",
            "GET /fail", "GET /fail-begun", "GET /later", "GET /deferred", "GET /stream", "GET /async-servlet",
            "GET /forward", "GET /secret" })
    void eachEndingLeavesTheSameBehind(String request) {
        Map<String, Object> direct = traces(HttpEngine.DIRECT, request);
        Map<String, Object> observed = traces(HttpEngine.OBSERVATION, request);
        assertThat(direct).isEqualTo(observed);
        assertThat(direct.get("series").toString()).matches("\\{.* code=\\d{3}=1\\.0\\}");
    }

    /**
     * Spring stops its observation at the time-out, before anything is answered, and
     * after the error page, which brings a route of its own.
     */
    @ParameterizedTest
    @CsvSource({ "/fail-later, 500, java.lang.IllegalStateException", "/never, 503, 503" })
    void spansOfAsynchronousFailuresAreRightOnTheDirectEngine(String path, int status, String error) {
        Map<String, Object> direct = traces(HttpEngine.DIRECT, "GET " + path);
        Map<String, Object> observed = traces(HttpEngine.OBSERVATION, "GET " + path);
        assertThat(direct.remove("span").toString()).startsWith("GET " + path + " ERROR")
            .contains("http.route=" + path, "http.response.status_code=" + status, "error.type=" + error);
        observed.remove("span");
        assertThat(direct).isEqualTo(observed);
    }

    /**
     * Whether the failed write leaves the handler as an exception depends on the
     * container; the engines have to agree.
     */
    @Test
    void clientThatWentAwayIsCountedTheSame() throws IOException {
        Map<String, Double> direct = goneFrom(HttpEngine.DIRECT);
        assertThat(direct).isEqualTo(goneFrom(HttpEngine.OBSERVATION)).hasSize(1);
        assertThat(direct.keySet().iterator().next()).matches("method=GET route=/endless code=(499|200)");
    }

    private static Map<String, Double> goneFrom(HttpEngine engine) throws IOException {
        return traced(engine).goneFrom("/endless", 1000, () -> true);
    }

    private Map<String, Object> traces(HttpEngine engine, String request) {
        return traced(engine).of(request, "matrix-" + engine + "-" + Math.abs(request.hashCode()), this.lines);
    }

    private static EngineTraces traced(HttpEngine engine) {
        ConfigurableApplicationContext service = Objects.requireNonNull(SERVICES.get(engine));
        return new EngineTraces(service, AccessLineService.port(service));
    }

}
