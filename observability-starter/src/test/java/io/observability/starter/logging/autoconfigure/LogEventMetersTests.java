package io.observability.starter.logging.autoconfigure;

import java.nio.file.Path;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.logging.LogbackMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.observability.starter.AllocatedBytes;
import io.observability.starter.logging.LineAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.logging.logback.LogbackMetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LogEventMeters}.
 */
class LogEventMetersTests {

    private final LoggerContext context = new LoggerContext();

    private final Logger root = this.context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    private final Logger logger = this.context.getLogger("shop.Orders");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private final LogEventMeters meters = new LogEventMeters(new RunningLines(() -> this.context), this.context);

    @TempDir
    Path folder;

    @BeforeEach
    void setLevel() {
        this.root.setLevel(Level.INFO);
    }

    @AfterEach
    void stop() {
        this.meters.close();
        this.context.stop();
    }

    @Test
    void eventsAreCountedWhereLinesAreWritten() {
        this.root.addAppender(lines("all.log"));
        this.meters.bindTo(this.registry);
        assertThat(this.context.getTurboFilterList()).isEmpty();
        this.logger.info("ordered");
        this.logger.info("ordered {}", 2);
        this.logger.debug("not enabled");
        this.logger.error("failed");
        assertThat(count("info")).isEqualTo(2);
        assertThat(count("error")).isEqualTo(1);
        assertThat(count("warn")).isZero();
        assertThat(count("debug")).isZero();
        this.logger.setLevel(Level.TRACE);
        this.logger.debug("enabled");
        this.logger.trace("enabled");
        assertThat(count("debug")).isEqualTo(1);
        assertThat(count("trace")).isEqualTo(1);
    }

    @Test
    void callOfALevelThatIsOffAllocatesNothing() {
        this.root.addAppender(lines("all.log"));
        this.meters.bindTo(this.registry);
        Object argument = "a shirt";
        assertThat(AllocatedBytes.perRun(() -> this.logger.debug("ordered {}", argument))).isZero();
    }

    @Test
    void loggerThatKeepsItsEventsToItselfIsCountedByMicrometer() {
        this.root.addAppender(lines("all.log"));
        Logger audit = this.context.getLogger("audit");
        audit.setAdditive(false);
        this.meters.bindTo(this.registry);
        assertThat(this.context.getTurboFilterList()).hasSize(1);
        audit.info("signed");
        this.logger.info("ordered");
        assertThat(count("info")).isEqualTo(2);
    }

    @Test
    void loggerWithItsOwnLinesCountsOnce() {
        this.root.addAppender(lines("all.log"));
        Logger audit = this.context.getLogger("audit");
        audit.setAdditive(false);
        audit.addAppender(lines("audit.log"));
        this.meters.bindTo(this.registry);
        assertThat(this.context.getTurboFilterList()).isEmpty();
        audit.info("signed");
        this.logger.info("ordered");
        assertThat(count("info")).isEqualTo(2);
    }

    @Test
    void eventsThatWouldCountTwiceAreCountedByMicrometer() {
        this.root.addAppender(lines("all.log"));
        this.context.getLogger("audit").addAppender(lines("audit.log"));
        this.meters.bindTo(this.registry);
        assertThat(this.context.getTurboFilterList()).hasSize(1);
    }

    @Test
    void withoutOurLinesMicrometerCounts() {
        this.meters.bindTo(this.registry);
        assertThat(this.context.getTurboFilterList()).hasSize(1);
        this.logger.info("ordered");
        assertThat(count("info")).isEqualTo(1);
    }

    @Test
    void standInForSpringBootsUnlessTheApplicationHasItsOwn() {
        ApplicationContextRunner runner = new ApplicationContextRunner()
            .withBean(SimpleMeterRegistry.class, SimpleMeterRegistry::new)
            .withConfiguration(
                    AutoConfigurations.of(LogbackMetricsAutoConfiguration.class, LoggingAutoConfiguration.class));
        runner
            .run((found) -> assertThat(found.getBean(LogbackMetrics.class)).isExactlyInstanceOf(LogEventMeters.class));
        runner.withBean("own", LogbackMetrics.class, LogbackMetrics::new)
            .run((found) -> assertThat(found.getBean(LogbackMetrics.class)).isExactlyInstanceOf(LogbackMetrics.class));
        runner.withPropertyValues("observability.logging.enabled=false")
            .run((found) -> assertThat(found.getBean(LogbackMetrics.class)).isExactlyInstanceOf(LogbackMetrics.class));
    }

    private double count(String level) {
        FunctionCounter counter = this.registry.get("logback.events").tag("level", level).functionCounter();
        return counter.count();
    }

    private LineAppender lines(String file) {
        LineAppender lines = new LineAppender();
        lines.setContext(this.context);
        lines.setFile(this.folder.resolve(file).toString());
        lines.start();
        return lines;
    }

}
