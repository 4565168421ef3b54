package io.observability.starter.logging.access;

import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.observability.starter.AllocatedBytes;
import io.observability.starter.context.BusinessTags;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link AccessLog}.
 */
class AccessLogTests {

    /**
     * Bytes of a request's record and its line up to the event of Logback (144 of them),
     * before anything is written.
     */
    private static final long BYTES_PER_LINE = 488;

    private final AtomicLong nanos = new AtomicLong();

    private final AccessLog log = new AccessLog((status, duration, route) -> true, this.nanos::get);

    private AccessLines lines;

    @BeforeEach
    void attach() {
        logger().setAdditive(false);
        logger().setLevel(Level.INFO);
        this.lines = AccessLines.attach();
    }

    @AfterEach
    void detach() {
        this.lines.close();
        logger().setAdditive(true);
        logger().setLevel(null);
        MDC.clear();
    }

    @Test
    void writesTheFieldsInTheirOrder() {
        AccessRecord request = this.log.begin("POST");
        request.protocol("HTTP/2.0");
        request.requestBytes(12);
        request.responseBytes(3456);
        request.path("/orders/7");
        request.client("192.0.2.1", "curl");
        request.outcome(AccessOutcome.CLIENT_GONE);
        request.outcome(AccessOutcome.EXCEPTION);
        this.nanos.addAndGet(3_214_999);
        this.log.end(request, 201, "/orders/{id}");
        AccessLines.Line line = this.lines.seen().get(0);
        assertThat(line.fields()).containsExactly(Map.entry("http_method", "POST"),
                Map.entry("http_route", "/orders/{id}"), Map.entry("http_path", "/orders/7"),
                Map.entry("http_status", 201), Map.entry("duration_ms", new BigDecimal("3.214")),
                Map.entry("request_bytes", 12L), Map.entry("response_bytes", 3456L),
                Map.entry("http_protocol", "HTTP/2.0"), Map.entry("http_outcome", "client_gone"),
                Map.entry("client_address", "192.0.2.1"), Map.entry("user_agent", "curl"));
        assertThat(line.message()).isEqualTo("POST /orders/{id} 201 3.214 ms");
    }

    @Test
    void writesOneLineHoweverOftenARequestEnds() {
        AccessRecord request = this.log.begin("GET");
        this.log.end(request, 200, "/");
        this.log.end(request, 500, "/");
        assertThat(this.lines.seen()).hasSize(1);
    }

    @Test
    void asksThePolicyUnlessTheLevelIsOff() {
        AtomicLong asked = new AtomicLong();
        AccessLog quiet = new AccessLog((status, duration, route) -> {
            asked.incrementAndGet();
            return status != 200 && duration == 0 && route.equals("/");
        }, this.nanos::get);
        quiet.end(quiet.begin("GET"), 200, "/");
        quiet.end(quiet.begin("GET"), 404, "/");
        assertThat(this.lines.seen()).hasSize(1);
        logger().setLevel(Level.WARN);
        quiet.end(quiet.begin("GET"), 404, "/");
        quiet.end(quiet.begin("GET"), 503, "/");
        assertThat(this.lines.seen()).hasSize(2);
        assertThat(asked).hasValue(3);
    }

    @Test
    void policyThatFailsCostsTheLineAndNotTheRequest() {
        AccessLog failing = new AccessLog((status, duration, route) -> {
            throw new IllegalStateException("no policy");
        }, this.nanos::get);
        failing.end(failing.begin("GET"), 200, "/");
        failing.end(failing.begin("GET"), 200, "/");
        assertThat(this.lines.seen()).singleElement()
            .satisfies((line) -> assertThat(line.message()).startsWith("An access line could not be written"));
    }

    @Test
    void keptContextStandsOnTheLineAndNowhereElse() {
        MDC.put("trace_id", "of the thread");
        AccessRecord request = this.log.begin("GET");
        request.keepContext("trace", "span", "request", null);
        this.log.end(request, 200, "/");
        assertThat(this.lines.seen().get(0).mdc()).containsOnly(Map.entry("trace_id", "trace"),
                Map.entry("span_id", "span"), Map.entry("request_id", "request"));
        assertThat(MDC.getCopyOfContextMap()).containsOnly(Map.entry("trace_id", "of the thread"));
    }

    @Test
    void noFieldCanBeTakenByABusinessTag() {
        for (AccessField field : AccessField.values()) {
            assertThat(BusinessTags.isValidKey(field.key())).as(field.key()).isFalse();
        }
    }

    @Test
    void aLineAllocatesLittle() {
        this.lines.close();
        MDC.put("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736");
        MDC.put("request_id", "order-7");
        assertThat(AllocatedBytes.perRun(this::write)).isPositive().isLessThanOrEqualTo(BYTES_PER_LINE);
    }

    private void write() {
        AccessRecord request = this.log.begin("GET");
        request.protocol("HTTP/1.1");
        request.responseBytes(3456);
        this.nanos.addAndGet(3_214_999);
        this.log.end(request, 200, "/api/products/{id}");
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(AccessLog.LOGGER);
    }

}
