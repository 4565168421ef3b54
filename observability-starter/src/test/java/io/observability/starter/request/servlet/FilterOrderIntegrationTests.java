package io.observability.starter.request.servlet;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

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
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where the filters of the starter, of Spring Security and of an application stand, and
 * what an application's filter may do there.
 */
@ParameterizedClass
@EnumSource(AccessLineService.Server.class)
class FilterOrderIntegrationTests {

    private static final Map<HttpEngine, ConfigurableApplicationContext> SERVICES = new EnumMap<>(HttpEngine.class);

    static final List<HttpEngine> ENGINES = List.of(HttpEngine.DIRECT, HttpEngine.OBSERVATION);

    static final List<String> SOME = List.of("registered-highest", "registered-200", "registered-0",
            "bean-without-order");

    private static final String LOGIN = "Authorization: Basic "
            + Base64.getEncoder().encodeToString((FilteredService.USER + ":pw").getBytes(StandardCharsets.UTF_8));

    @Parameter
    AccessLineService.Server server;

    @AutoClose
    private final AccessLines lines = AccessLines.attach();

    @BeforeParameterizedClassInvocation
    static void start(AccessLineService.Server server) {
        for (HttpEngine engine : ENGINES) {
            SERVICES.put(engine,
                    AccessLineService.start(server,
                            List.of(FilteredService.class, FilteredService.HighestComponent.class,
                                    FilteredService.OrderedComponent.class),
                            "observability.http.engine=" + engine, "observability.tracing.sampling.probability=1"));
        }
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        SERVICES.values().forEach(ConfigurableApplicationContext::close);
    }

    static Stream<String> filters() {
        return Stream.concat(FilteredService.IN_FRONT_OF_SECURITY.stream(), FilteredService.BEHIND_SECURITY.stream());
    }

    @ParameterizedTest
    @FieldSource("ENGINES")
    void everyFilterOfTheApplicationStandsInsideAndSeesTheRequest(HttpEngine engine) {
        Map<String, Object> traces = traces(engine, "GET /products/7", "order");
        List<WatchingFilter.Sight> sights = sights(engine, "order");
        assertThat(sights.get(0)).isEqualTo(new WatchingFilter.Sight(FilteredService.FOREMOST, null, null, null));
        assertThat(sights.subList(1, sights.size())).extracting(WatchingFilter.Sight::filter)
            .containsExactlyElementsOf(filters().toList());
        assertThat(sights.subList(1, sights.size())).allSatisfy((sight) -> {
            assertThat(sight.requestId()).isEqualTo(id(engine, "order"));
            assertThat(sight.traceId()).isNotNull().isEqualTo(sight.current());
            assertThat(this.lines.only(id(engine, "order")).mdc()).containsEntry("trace_id", sight.traceId());
        });
        assertThat(traces.get("series")).hasToString("{method=GET route=/products/{id} code=200=1.0}");
    }

    @ParameterizedTest
    @MethodSource("filters")
    void filterThatAnswersItselfIsObserved(String filter) {
        isObserved("answer@" + filter, "418", "_unmatched");
    }

    @ParameterizedTest
    @FieldSource("SOME")
    void filterThatSendsAnErrorIsObserved(String filter) {
        isObserved("refuse@" + filter, "429", "_unmatched");
    }

    @ParameterizedTest
    @MethodSource("filters")
    void filterThatThrowsIsObserved(String filter) {
        isObserved("throw@" + filter, "500", "_unmatched");
    }

    @ParameterizedTest
    @FieldSource("SOME")
    void filterThatAnswersOnAnotherThreadIsObserved(String filter) {
        isObserved("async@" + filter, "202", "_unmatched");
    }

    @ParameterizedTest
    @FieldSource("SOME")
    void filterThatWrapsRequestAndResponseChangesNothing(String filter) {
        isObserved("wrap@" + filter, "200", "/products/{id}");
    }

    private void isObserved(String act, String status, String route) {
        List<Map<String, Object>> found = new ArrayList<>();
        for (HttpEngine engine : ENGINES) {
            Map<String, Object> traces = traces(engine, "GET /products/7", act, WatchingFilter.ACT + act);
            assertThat(traces.get("series")).as("%s on %s", act, engine)
                .hasToString("{method=GET route=" + route + " code=" + status + "=1.0}");
            assertThat(traces.get("line").toString())
                .startsWith((status.startsWith("5") ? "[WARN, " : "[INFO, ") + status + ", " + route + ", ");
            assertThat(traces.get("span").toString()).contains("http.response.status_code=" + status);
            assertThat(traces).containsEntry("request id", true).containsEntry("traceresponse", true);
            found.add(traces);
        }
        assertThat(found.get(0)).isEqualTo(found.get(1));
    }

    @ParameterizedTest
    @CsvSource({ "/guarded/by-role, '', 401", "/guarded/by-login, 'Authorization: Basic bm9ib2R5OnB3', 401",
            "/guarded/by-role, login, 403", "/secret, '', 401" })
    void whatSecurityRefusesIsObserved(String path, String login, String status) {
        for (HttpEngine engine : ENGINES) {
            String name = path + login.length();
            Map<String, Object> traces = traces(engine, "GET " + path, name, "login".equals(login) ? LOGIN : login);
            assertThat(traces.get("series")).hasToString("{method=GET route=_unmatched code=" + status + "=1.0}");
            assertThat(traces.get("line").toString()).startsWith("[INFO, " + status + ", _unmatched, ");
            assertThat(traces.get("span").toString()).startsWith("GET UNSET")
                .contains("http.response.status_code=" + status);
            assertThat(traces).containsEntry("request id", true).containsEntry("traceresponse", true);
            assertThat(sights(engine, name)).extracting(WatchingFilter.Sight::filter)
                .containsAll(FilteredService.IN_FRONT_OF_SECURITY)
                .doesNotContainAnyElementsOf(FilteredService.BEHIND_SECURITY);
        }
    }

    @Test
    void nameOfWhoLogsInIsNowhere() {
        for (HttpEngine engine : ENGINES) {
            Map<String, Object> traces = traces(engine, "GET /guarded/by-login", "named", LOGIN);
            assertThat(sights(engine, "named")).extracting(WatchingFilter.Sight::filter)
                .containsAll(FilteredService.BEHIND_SECURITY);
            assertThat(traces.toString()).contains("404").doesNotContain(FilteredService.USER);
            assertThat(this.lines.only(id(engine, "named")).toString()).doesNotContain(FilteredService.USER);
            assertThat(traced(engine).send("GET /metrics", "scrape")).contains("http_requests_total")
                .doesNotContain(FilteredService.USER);
        }
    }

    private Map<String, Object> traces(HttpEngine engine, String request, String name, String... headers) {
        return traced(engine).of(request, id(engine, name), this.lines,
                Stream.of(headers).filter((header) -> !header.isEmpty()).toArray(String[]::new));
    }

    private static EngineTraces traced(HttpEngine engine) {
        ConfigurableApplicationContext service = Objects.requireNonNull(SERVICES.get(engine));
        return new EngineTraces(service, AccessLineService.port(service));
    }

    private List<WatchingFilter.Sight> sights(HttpEngine engine, String name) {
        return WatchingFilter.sights(id(engine, name));
    }

    private String id(HttpEngine engine, String name) {
        return this.server + "-" + engine + "-" + Integer.toHexString(name.hashCode());
    }

}
