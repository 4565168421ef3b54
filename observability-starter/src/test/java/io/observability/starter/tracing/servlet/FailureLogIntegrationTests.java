package io.observability.starter.tracing.servlet;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import io.observability.starter.context.FailureContexts;
import io.observability.starter.tracing.RawHttp;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The line that a container itself logs for an exception that nobody handled.
 */
class FailureLogIntegrationTests {

    private static final Map<ServletTestService.Server, ConfigurableApplicationContext> SERVICES = new EnumMap<>(
            ServletTestService.Server.class);

    @BeforeAll
    static void start() {
        for (ServletTestService.Server server : ServletTestService.Server.values()) {
            SERVICES.put(server,
                    ServletTestService.start(server, "server.tomcat.threads.max=3", "server.jetty.threads.max=8"));
        }
    }

    @AfterAll
    static void stop() {
        SERVICES.values().forEach(ConfigurableApplicationContext::close);
    }

    @ParameterizedTest
    @CsvSource({ "TOMCAT, /fail", "TOMCAT, /fail-later", "TOMCAT, /fail-wrapped", "JETTY, /fail", "JETTY, /fail-later",
            "JETTY, /fail-wrapped" })
    void lineOfAnUnhandledExceptionIsTiedToTheRequest(ServletTestService.Server server, String path) {
        Lines lines = Lines.attach();
        RawHttp.Answer answer = RawHttp.get(ServletTestService.port(service(server)), path, "X-Request-Id: order-4711");
        assertThat(answer.status()).isEqualTo(500);
        String traceId = answer.headers().get("x-trace-id");
        assertThat(traceId).matches("[0-9a-f]{32}");
        // Random in any case, sampled in one of ten.
        assertThat(answer.headers().get("traceresponse")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[23]");
        String spanId = answer.headers().get("traceresponse").split("-")[2];
        await().untilAsserted(() -> assertThat(lines.seen).anySatisfy((line) -> {
            assertThat(line.logger()).contains((server == ServletTestService.Server.TOMCAT) ? "catalina" : "jetty");
            assertThat(line.level().isGreaterOrEqual(Level.WARN)).isTrue();
            assertThat(line.ids()).containsOnly(Map.entry("trace_id", traceId), Map.entry("span_id", spanId),
                    Map.entry("request_id", "order-4711"));
        }));
        lines.detach();
    }

    @ParameterizedTest
    @EnumSource(ServletTestService.Server.class)
    void nothingStaysOnPooledThreads(ServletTestService.Server server) {
        Leftovers leftovers = service(server).getBean(Leftovers.class);
        leftovers.requests.clear();
        for (int i = 0; i < 5; i++) {
            for (String path : List.of("/ids/1", "/fail", "/fail-later", "/status/503", "/actuator/health")) {
                RawHttp.get(ServletTestService.port(service(server)), path);
            }
        }
        assertThat(leftovers.requests).hasSizeGreaterThanOrEqualTo(25).allSatisfy((mdc) -> assertThat(mdc).isEmpty());
    }

    private static ConfigurableApplicationContext service(ServletTestService.Server server) {
        return Objects.requireNonNull(SERVICES.get(server));
    }

    /**
     * Notes what the thread still has when a request begins, ahead of any filter.
     */
    static final class Leftovers implements ServletRequestListener {

        private final List<Map<String, String>> requests = new CopyOnWriteArrayList<>();

        @Override
        public void requestInitialized(ServletRequestEvent event) {
            Map<String, String> mdc = MDC.getCopyOfContextMap();
            this.requests.add((mdc != null) ? mdc : Map.of());
        }

    }

    /**
     * Asks for the ids on the thread that logs, as an encoder does.
     */
    private static final class Lines extends AppenderBase<ILoggingEvent> {

        private final List<Line> seen = new CopyOnWriteArrayList<>();

        static Lines attach() {
            Lines lines = new Lines();
            lines.setContext(root().getLoggerContext());
            lines.start();
            root().addAppender(lines);
            return lines;
        }

        void detach() {
            root().detachAppender(this);
        }

        private static Logger root() {
            return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        }

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getThrowableProxy() instanceof ThrowableProxy proxy) {
                Map<String, String> ids = FailureContexts.find(proxy.getThrowable());
                this.seen.add(new Line(event.getLoggerName(), event.getLevel(), ids));
            }
        }

    }

    private record Line(String logger, Level level, @Nullable Map<String, String> ids) {
    }

}
