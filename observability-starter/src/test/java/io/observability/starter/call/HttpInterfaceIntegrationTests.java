package io.observability.starter.call;

import java.util.Map;
import java.util.function.Function;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.MDC;

import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientAdapter;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.invoker.HttpExchangeAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import org.springframework.web.service.registry.HttpServiceGroup.ClientType;
import org.springframework.web.service.registry.HttpServiceProxyRegistry;
import org.springframework.web.service.registry.ImportHttpServices;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Interfaces that stand on a client are observed as the client is: with the headers, the
 * span and the metric, by the template of the interface.
 */
@ParameterizedClass
@EnumSource
class HttpInterfaceIntegrationTests {

    private static final CallServices SERVICES = new CallServices(Groups.class,
            "spring.http.serviceclient.blocking.base-url=${called.url}",
            "spring.http.serviceclient.reactive.base-url=${called.url}");

    private static final SpanContext REMOTE = SpanContext.createFromRemoteParent("0af7651916cd43dd8448eb211c80319c",
            "b7ad6b7169203331", TraceFlags.getSampled(), TraceState.getDefault());

    @Parameter
    Stand stand;

    @AfterAll
    static void stop() {
        SERVICES.close();
    }

    @BeforeEach
    void begin() {
        MDC.put("request_id", "order-7");
    }

    @AfterEach
    void end() {
        MDC.remove("request_id");
    }

    @ParameterizedTest
    @CsvSource({ "200, UNSET", "404, ERROR" })
    void callIsObservedByTheTemplateOfTheInterface(int status, String spanStatus) {
        Map<String, Object> left = SERVICES
            .sameOnBoth((service) -> this.stand.of(service).status(status).getStatusCode().toString(), REMOTE);
        assertThat(left.get("sent")).isEqualTo(1);
        assertThat(left.get("headers").toString()).contains("traceparent=[the span's, 01]", "x-request-id=[order-7]");
        assertThat(left.get("parent")).isEqualTo(REMOTE.getSpanId());
        assertThat(left.get("span").toString()).startsWith("GET /status/{status} " + spanStatus)
            .contains("url.template=/status/{status}", "http.response.status_code=" + status);
        assertThat(left.get("series"))
            .isEqualTo(Map.of("code=" + status + " host=localhost method=GET route=/status/{status}", 1L));
    }

    /**
     * What an interface stands on.
     */
    enum Stand {

        REST_CLIENT((service) -> proxy(RestClientAdapter
            .create(service.getBean(RestClient.Builder.class).baseUrl(SERVICES.server().url()).build()))),

        WEB_CLIENT((service) -> proxy(WebClientAdapter
            .create(service.getBean(WebClient.Builder.class).baseUrl(SERVICES.server().url()).build()))),

        GROUP_OF_REST_CLIENT(
                (service) -> service.getBean(HttpServiceProxyRegistry.class).getClient("blocking", Statuses.class)),

        GROUP_OF_WEB_CLIENT(
                (service) -> service.getBean(HttpServiceProxyRegistry.class).getClient("reactive", Statuses.class));

        private final Function<ApplicationContext, Statuses> client;

        Stand(Function<ApplicationContext, Statuses> client) {
            this.client = client;
        }

        Statuses of(ApplicationContext service) {
            return this.client.apply(service);
        }

        private static Statuses proxy(HttpExchangeAdapter client) {
            return HttpServiceProxyFactory.builderFor(client).build().createClient(Statuses.class);
        }

    }

    /**
     * The interface.
     */
    interface Statuses {

        @GetExchange("/status/{status}")
        ResponseEntity<String> status(@PathVariable int status);

    }

    @Configuration(proxyBeanMethods = false)
    @Import(CallServices.Service.class)
    @ImportHttpServices(group = "blocking", types = Statuses.class)
    @ImportHttpServices(group = "reactive", types = Statuses.class, clientType = ClientType.WEB_CLIENT)
    static class Groups {

    }

}
