package io.observability.starter.instrumentation.autoconfigure;

import io.micrometer.observation.ObservationPredicate;
import io.micrometer.observation.transport.RequestReplyReceiverContext;
import io.observability.starter.surface.TestService;
import io.observability.starter.surface.TestService.Server;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The share of requests with a span, as services tell it.
 */
class InstrumentationIntegrationTests {

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void requestsHaveSpansAndThoseLeftOutDoNotCount(Server server) {
        try (TestService service = TestService.on(server)
            .with(Pages.class)
            .set("observability.tracing.exclude-paths=/quiet", "management.tracing.sampling.probability=0")
            .start()) {
            service.get("/healthz");
            service.get("/quiet");
            assertThat(ratio(service)).isEqualTo("NaN");
            service.get("/page");
            service.get("/nosuch");
            service.get("/boom");
            assertThat(ratio(service)).isEqualTo("1.0");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void requestsThatAreNotObservedLackTheirSpan(Server server) {
        try (TestService service = TestService.on(server).with(Pages.class, Blinkered.class).start()) {
            service.get("/page");
            service.get("/page");
            assertThat(ratio(service)).isEqualTo("0.0");
        }
    }

    private static String ratio(TestService service) {
        return service.get("/metrics")
            .body()
            .lines()
            .filter((line) -> line.startsWith("observability_requests_with_span_ratio "))
            .map((line) -> line.substring(line.indexOf(' ') + 1))
            .findFirst()
            .orElse("none");
    }

    @RestController
    @Configuration(proxyBeanMethods = false)
    static class Pages {

        @GetMapping({ "/page", "/quiet" })
        String page() {
            return "page";
        }

        @GetMapping("/boom")
        String boom() {
            throw new IllegalStateException("boom");
        }

    }

    @Configuration(proxyBeanMethods = false)
    static class Blinkered {

        @Bean
        ObservationPredicate noRequests() {
            return (name, context) -> !(context instanceof RequestReplyReceiverContext<?, ?>);
        }

    }

}
