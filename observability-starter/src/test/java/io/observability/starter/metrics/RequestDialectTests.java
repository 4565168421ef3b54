package io.observability.starter.metrics;

import java.net.ConnectException;
import java.util.List;

import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class RequestDialectTests {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    CONVENTIONAL | GET | /a         | 200 | false | http.request.duration        | code=200 method=GET route=/a
                    CONVENTIONAL | GET | /a         | 500 | true  | http.request.duration        | code=500 method=GET route=/a
                    CONVENTIONAL | FOO | _unmatched | 404 | false | http.request.duration        | code=404 method=_other route=_unmatched
                    MICROMETER   | GET | /a         | 200 | false | http.server.requests         | error=none exception=none method=GET outcome=SUCCESS status=200 uri=/a
                    MICROMETER   | GET | /a         | 500 | true  | http.server.requests         | error=IllegalStateException exception=IllegalStateException method=GET outcome=SERVER_ERROR status=500 uri=/a
                    MICROMETER   | FOO | _unmatched | 404 | false | http.server.requests         | error=none exception=none method=UNKNOWN outcome=CLIENT_ERROR status=404 uri=NOT_FOUND
                    MICROMETER   | GET | _unmatched | 302 | false | http.server.requests         | error=none exception=none method=GET outcome=REDIRECTION status=302 uri=REDIRECTION
                    MICROMETER   | GET | _unmatched | 401 | false | http.server.requests         | error=none exception=none method=GET outcome=CLIENT_ERROR status=401 uri=UNKNOWN
                    OTEL         | GET | /a         | 200 | false | http.server.request.duration | http.request.method=GET http.response.status_code=200 http.route=/a url.scheme=https
                    OTEL         | GET | /a         | 500 | true  | http.server.request.duration | error.type=java.lang.IllegalStateException http.request.method=GET http.response.status_code=500 http.route=/a url.scheme=https
                    OTEL         | GET | /a         | 503 | false | http.server.request.duration | error.type=503 http.request.method=GET http.response.status_code=503 http.route=/a url.scheme=https
                    OTEL         | FOO | _unmatched | 404 | false | http.server.request.duration | http.request.method=_OTHER http.response.status_code=404 url.scheme=https
                    """)
    void requestsThatComeIn(MetricNaming naming, String method, String route, int code, boolean failed, String meter,
            String tags) {
        RequestMeters meters = RequestMeters.ofServer(this.registry, naming, List.of(), 10);
        meters.end(meters.begin(method, true), method, true, route, code, failed ? new IllegalStateException() : null);
        assertThat(tags(meter)).isEqualTo(tags);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    CONVENTIONAL | /a       | 200 | http.client.request.duration | code=200 host=inventory method=GET route=/a
                    CONVENTIONAL | /a       | -1  | http.client.request.duration | code=_error host=inventory method=GET route=/a
                    MICROMETER   | /a       | 404 | http.client.requests         | client.name=inventory error=none exception=none method=GET outcome=CLIENT_ERROR status=404 uri=/a
                    MICROMETER   | _unknown | -1  | http.client.requests         | client.name=inventory error=ConnectException exception=ConnectException method=GET outcome=UNKNOWN status=IO_ERROR uri=none
                    OTEL         | /a       | 404 | http.client.request.duration | error.type=404 http.request.method=GET http.response.status_code=404 server.address=inventory server.port=8080 url.template=/a
                    OTEL         | _unknown | -1  | http.client.request.duration | error.type=java.net.ConnectException http.request.method=GET server.address=inventory server.port=8080
                    """)
    void requestsThatGoOut(MetricNaming naming, String route, int code, String meter, String tags) {
        RequestMeters meters = RequestMeters.ofClient(this.registry, naming, List.of(), 10);
        meters.endCall(meters.beginCall(), "GET", "inventory", 8080, route, code,
                (code < 0) ? new ConnectException() : null);
        assertThat(tags(meter)).isEqualTo(tags);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CONVENTIONAL | http.requests.in.flight     | method=GET
            MICROMETER   | http.requests.in.flight     | method=GET
            OTEL         | http.server.active_requests | http.request.method=GET url.scheme=https
            """)
    void requestsInFlight(MetricNaming naming, String meter, String tags) {
        RequestMeters meters = RequestMeters.ofServer(this.registry, naming, List.of(), 10);
        long start = meters.begin("GET", true);
        assertThat(tags(meter)).isEqualTo(tags);
        assertThat(this.registry.get(meter).gauge().value()).isEqualTo(1);
        meters.end(start, "GET", true, "/", 200, null);
        assertThat(this.registry.get(meter).gauge().value()).isZero();
    }

    @ParameterizedTest
    @EnumSource(MetricNaming.class)
    void noDialectCountsTwice(MetricNaming naming) {
        RequestMeters meters = RequestMeters.ofServer(this.registry, naming, List.of(), 10);
        meters.end(meters.begin("GET", false), "GET", false, "/", 200, null);
        List<String> expected = (naming == MetricNaming.CONVENTIONAL)
                ? List.of("http.request.duration", "http.requests", "http.requests.in.flight")
                : List.of(form(MetricName.HTTP_REQUEST_DURATION, naming).meter(),
                        form(MetricName.HTTP_REQUESTS_IN_FLIGHT, naming).meter());
        assertThat(this.registry.getMeters()).extracting((each) -> each.getId().getName())
            .containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @EnumSource(MetricNaming.class)
    void theTagsAreThoseThatAreDeclared(MetricNaming naming) {
        RequestMeters meters = RequestMeters.ofServer(this.registry, naming, List.of(), 10);
        meters.end(meters.begin("GET", false), "GET", false, "/", 500, new IllegalStateException());
        MetricForm form = form(MetricName.HTTP_REQUEST_DURATION, naming);
        assertThat(this.registry.get(form.meter()).timer().getId().getTags()).extracting((tag) -> tag.getKey())
            .containsExactlyInAnyOrderElementsOf(form.labels());
        RequestMeters calls = RequestMeters.ofClient(this.registry, naming, List.of(), 10);
        calls.endCall(calls.beginCall(), "GET", "a", 80, "/", 500, new IllegalStateException());
        MetricForm call = form(MetricName.HTTP_CLIENT_REQUEST_DURATION, naming);
        assertThat(this.registry.get(call.meter()).timer().getId().getTags()).extracting((tag) -> tag.getKey())
            .containsExactlyInAnyOrderElementsOf(call.labels());
    }

    @Test
    void portsAndErrorsAreBounded() {
        RequestMeters meters = RequestMeters.ofClient(this.registry, MetricNaming.OTEL, List.of(), 1000);
        for (int port = 1; port <= 500; port++) {
            meters.endCall(meters.beginCall(), "GET", "a", port, "/", 200, null);
        }
        // Eight, and the rest without a port.
        assertThat(this.registry.get("http.client.request.duration").timers()).hasSize(9);
        assertThat(this.registry.get("http.client.request.duration").timers())
            .filteredOn((timer) -> timer.getId().getTag("server.port") == null)
            .singleElement()
            .satisfies((timer) -> assertThat(timer.count()).isEqualTo(492));
    }

    private static MetricForm form(MetricName name, MetricNaming naming) {
        MetricForm form = name.in(naming);
        assertThat(form).isNotNull();
        return form;
    }

    private String tags(String meter) {
        Meter found = this.registry.get(meter).meters().iterator().next();
        return String.join(" ",
                found.getId().getTags().stream().map((tag) -> tag.getKey() + "=" + tag.getValue()).sorted().toList());
    }

}
