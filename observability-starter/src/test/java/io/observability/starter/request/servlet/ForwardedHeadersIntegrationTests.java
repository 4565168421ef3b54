package io.observability.starter.request.servlet;

import java.util.List;
import java.util.Map;

import io.observability.starter.logging.access.AccessLines;
import io.observability.starter.logging.servlet.AccessLineService;
import io.observability.starter.request.EngineTraces;
import io.observability.starter.request.HttpEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where forwarded headers are read by a filter, the starter's filters stand behind it.
 */
class ForwardedHeadersIntegrationTests {

    @ParameterizedTest
    @EnumSource(value = HttpEngine.class, names = { "DIRECT", "OBSERVATION" })
    void schemeAndAddressAreThoseOfTheClient(HttpEngine engine) {
        try (ConfigurableApplicationContext service = AccessLineService.start(AccessLineService.Server.TOMCAT,
                List.of(FilteredService.class, FilteredService.HighestComponent.class),
                "server.forward-headers-strategy=framework", "observability.http.engine=" + engine,
                "observability.logging.access.client-address=true", "observability.tracing.sampling.probability=1");
                AccessLines lines = AccessLines.attach()) {
            String id = "forwarded-" + engine;
            Map<String, Object> traces = new EngineTraces(service, AccessLineService.port(service)).of(
                    "GET /products/7", id, lines, "X-Forwarded-Proto: https", "X-Forwarded-For: 192.0.2.7",
                    "X-Forwarded-Host: shop.example");
            assertThat(traces.get("span").toString()).contains("url.scheme=https");
            assertThat(lines.only(id).fields()).containsValue("192.0.2.7");
            assertThat(WatchingFilter.sights(id)).filteredOn((sight) -> sight.requestId() == null)
                .extracting(WatchingFilter.Sight::filter)
                .containsExactly(FilteredService.FOREMOST, "registered-highest", "ordered-component-highest",
                        "registered-highest+1");
        }
    }

}
