package io.observability.starter.logging;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import io.observability.starter.logging.delivery.DeliverySettings;
import io.observability.starter.logging.delivery.LineDestination;
import io.observability.starter.logging.delivery.LossNotice;
import io.observability.starter.logging.line.JsonLineWriter;
import io.observability.starter.logging.line.LineBuffer;
import io.observability.starter.logging.line.LineFormat;
import io.observability.starter.logging.line.LineSchema;
import io.observability.starter.logging.line.ServiceIdentity;
import io.observability.starter.pipeline.LossReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LineAppender}.
 */
class LineAppenderTests {

    private static final DeliverySettings SYNCHRONOUS = new DeliverySettings(false,
            DeliverySettings.defaults().whenFull(), DeliverySettings.defaults().ringBytes(),
            DeliverySettings.defaults().maxWait(), DeliverySettings.defaults().maxErrorWait(),
            DeliverySettings.defaults().shutdownTimeout());

    private static final LineFormat MESSAGES = (event, out) -> {
        byte[] line = (event.getFormattedMessage() + "\n").getBytes(StandardCharsets.UTF_8);
        out.append(line, 0, line.length);
    };

    @TempDir
    Path folder;

    private final LoggerContext context = new LoggerContext();

    private final LineAppender appender = new LineAppender();

    private final Memory memory = new Memory("memory");

    @BeforeEach
    void useTheProcessesMdc() {
        this.context.setMDCAdapter(MDC.getMDCAdapter());
        this.appender.setContext(this.context);
        this.appender.setName("LINES");
    }

    @AfterEach
    void stop() {
        this.context.stop();
    }

    @Test
    void takesEachLevelToTheRoutesThatWantItAndWritesTheLineOnce() {
        List<String> written = new ArrayList<>();
        LineFormat counting = (event, out) -> {
            written.add(event.getMessage());
            MESSAGES.write(event, out);
        };
        Memory errors = new Memory("errors");
        Logger logger = start(new LineRoute(counting, () -> this.memory, SYNCHRONOUS),
                new LineRoute(counting, () -> errors, SYNCHRONOUS, Level.WARN, Level.ERROR),
                new LineRoute(MESSAGES, () -> new Memory("debug"), SYNCHRONOUS, Level.TRACE, Level.DEBUG));
        logger.debug("d");
        logger.error("e");
        assertThat(this.memory.lines).containsExactly("d\n", "e\n");
        assertThat(errors.lines).containsExactly("e\n");
        assertThat(written).containsExactly("d", "e");
        assertThat(this.appender.deliveries()).extracting((delivery) -> delivery.ledger().written())
            .containsExactly(2L, 1L, 1L);
        assertThat(this.appender.formats()).containsExactly(counting, MESSAGES);
    }

    @Test
    void aLineThatIsLoggedWhileAnotherIsWrittenIsNotLost() {
        JsonLineWriter json = new JsonLineWriter(LineSchema.LOGSTASH, new ServiceIdentity("shop", null, null));
        Logger logger = start(new LineRoute(json, () -> this.memory, SYNCHRONOUS));
        logger.info("outer {}", new Object() {
            @Override
            public String toString() {
                logger.info("inner");
                return "done";
            }
        });
        assertThat(this.memory.lines).map((line) -> JsonMapper.shared().readTree(line).get("message").asString())
            .containsExactly("inner", "outer done");
    }

    @Test
    void aFormatThatLogsItselfForEverIsCutAndCounted() {
        AtomicReference<Logger> logger = new AtomicReference<>();
        LineFormat endless = (event, out) -> {
            logger.get().info("again");
            MESSAGES.write(event, out);
        };
        logger.set(start(new LineRoute(endless, () -> this.memory, SYNCHRONOUS)));
        logger.get().info("first");
        assertThat(this.appender.failedEvents()).isOne();
        assertThat(this.memory.lines).hasSizeBetween(9, 12).endsWith("first\n");
        logger.get().info("second");
        assertThat(this.memory.lines).endsWith("second\n");
    }

    @Test
    void nothingIsThrownIntoTheCaller() {
        LineFormat broken = (event, out) -> {
            throw new StackOverflowError();
        };
        Logger logger = start(new LineRoute(broken, () -> this.memory, SYNCHRONOUS));
        logger.info("lost");
        this.appender.addFilter(new Filter<>() {
            @Override
            public FilterReply decide(ILoggingEvent event) {
                throw new IllegalStateException("filter");
            }
        });
        logger.info("lost too");
        assertThat(this.appender.failedEvents()).isEqualTo(2);
    }

    @Test
    void filtersOfLogbackCount() {
        ThresholdFilter filter = new ThresholdFilter();
        filter.setLevel("WARN");
        filter.start();
        this.appender.addFilter(filter);
        Logger logger = start(new LineRoute(MESSAGES, () -> this.memory, SYNCHRONOUS));
        logger.info("i");
        logger.warn("w");
        assertThat(this.memory.lines).containsExactly("w\n");
        assertThat(this.appender.getCopyOfAttachedFiltersList()).containsExactly(filter);
        this.appender.clearAllFilters();
        logger.info("i");
        assertThat(this.memory.lines).hasSize(2);
    }

    @Test
    void startsAgainAfterAStop() {
        List<Memory> made = new ArrayList<>();
        Logger logger = start(new LineRoute(MESSAGES, () -> {
            made.add(new Memory("memory" + made.size()));
            return made.get(made.size() - 1);
        }, DeliverySettings.defaults()));
        logger.info("one");
        this.appender.stop();
        assertThat(made.get(0).lines).containsExactly("one\n");
        assertThat(made.get(0).closed).isTrue();
        logger.info("nobody listens");
        this.appender.start();
        logger.info("two");
        this.appender.stop();
        assertThat(made.get(1).lines).containsExactly("two\n");
        this.appender.stop();
        assertThat(this.appender.deliveries()).isEmpty();
    }

    @Test
    void aLossIsToldByTheOtherDestinationsAndItsEndByAll() {
        Memory other = new Memory("other");
        OpenRoutes routes = new OpenRoutes(List.of(new LineRoute(MESSAGES, () -> this.memory, SYNCHRONOUS),
                new LineRoute(MESSAGES, () -> other, SYNCHRONOUS)), LossNotice.NONE, new LongAdder());
        LossLines notice = new LossLines(this.context, () -> routes);
        notice.lossBegan("memory", LossReason.DISK_FULL);
        notice.lossEnded("memory", Map.of(LossReason.DISK_FULL, 7L), Duration.ofMillis(1500));
        String ended = "Log lines to memory are written again. Lost in 1500 ms: disk_full 7\n";
        assertThat(other.lines).containsExactly("Log lines to memory are being lost: disk_full\n", ended);
        assertThat(this.memory.lines).containsExactly(ended);
        routes.close();
    }

    @Test
    void cutsALineAtTheLengthOfALogbackConfiguration() throws Exception {
        Path file = this.folder.resolve("cut.log");
        String configuration = """
                <configuration>
                  <appender name="LINES" class="io.observability.starter.logging.LineAppender">
                    <ringSize>%s</ringSize><maxLine>%s</maxLine><file>%s</file>
                  </appender>
                  <root level="TRACE"><appender-ref ref="LINES"/></root>
                </configuration>
                """;
        configure(configuration.formatted("256KB", "32KB", file));
        this.context.getLogger("com.example.Shop").warn("x".repeat(50_000));
        configure(configuration.formatted("256KB", "16KB", file));
        this.context.getLogger("com.example.Shop").warn("y".repeat(50_000));
        this.context.stop();
        assertThat(Files.readAllLines(file)).singleElement()
            .asString()
            .contains("yyy", " chars cut]")
            .hasSizeLessThan(16 * 1024);
    }

    @Test
    void isAnOrdinaryElementOfALogbackConfiguration() throws Exception {
        Path file = this.folder.resolve("own.log");
        configure("""
                <configuration>
                  <appender name="LINES" class="io.observability.starter.logging.LineAppender">
                    <schema>logstash</schema><serviceName>shop</serviceName><serviceVersion>2</serviceVersion>
                    <environment>test</environment><async>false</async><whenFull>block</whenFull>
                    <ringSize>1MB</ringSize><file>%s</file><maxFileSize>1MB</maxFileSize><maxHistory>3</maxHistory>
                    <totalSizeCap>1GB</totalSizeCap><minLevel>INFO</minLevel><maxLevel>WARN</maxLevel>
                  </appender>
                  <root level="TRACE"><appender-ref ref="LINES"/></root>
                </configuration>
                """.formatted(file));
        Logger logger = this.context.getLogger("com.example.Shop");
        logger.debug("below");
        logger.warn("within");
        logger.error("above");
        this.context.stop();
        assertThat(Files.readAllLines(file)).singleElement()
            .asString()
            .contains("\"message\":\"within\"")
            .contains("\"service\":\"shop\",\"service_version\":\"2\",\"environment\":\"test\"");
    }

    @Test
    void takesTheEncoderOfLogstash() throws Exception {
        Path file = this.folder.resolve("logstash.log");
        configure("""
                <configuration>
                  <appender name="LINES" class="io.observability.starter.logging.LineAppender">
                    <file>%s</file>
                    <encoder class="net.logstash.logback.encoder.LogstashEncoder">
                      <customFields>{"team":"shirts"}</customFields>
                    </encoder>
                  </appender>
                  <root level="TRACE"><appender-ref ref="LINES"/></root>
                </configuration>
                """.formatted(file));
        this.context.getLogger("a").info("m");
        this.context.stop();
        assertThat(Files.readAllLines(file)).singleElement().asString().contains("\"team\":\"shirts\"");
    }

    @Test
    void aWrongSettingIsAnErrorOfLogback() throws Exception {
        configure("""
                <configuration>
                  <appender name="LINES" class="io.observability.starter.logging.LineAppender">
                    <schema>klingon</schema>
                  </appender>
                  <root level="TRACE"><appender-ref ref="LINES"/></root>
                </configuration>
                """);
        assertThat(this.context.getStatusManager().getCopyOfStatusList())
            .anySatisfy((status) -> assertThat(status.getMessage()).contains("'klingon' is not one of logstash"));
        this.context.getLogger("a").info("survives");
    }

    private Logger start(LineRoute... routes) {
        this.appender.setSource((context) -> List.of(routes));
        this.appender.start();
        Logger root = this.context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.TRACE);
        root.addAppender(this.appender);
        return this.context.getLogger("com.example.Shop");
    }

    private void configure(String xml) throws Exception {
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(this.context);
        configurator.doConfigure(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        this.context.start();
    }

    private static final class Memory implements LineDestination {

        final List<String> lines = Collections.synchronizedList(new ArrayList<>());

        private final String name;

        volatile boolean closed;

        Memory(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return this.name;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            LineBuffer batch = new LineBuffer(length);
            batch.append(bytes, offset, length);
            this.lines.add(batch.toString());
        }

        @Override
        public void close() {
            this.closed = true;
        }

    }

}
