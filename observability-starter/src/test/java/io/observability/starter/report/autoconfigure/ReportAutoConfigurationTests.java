package io.observability.starter.report.autoconfigure;

import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.observability.starter.report.FeatureReport;
import io.observability.starter.report.ReportSource;
import io.observability.starter.report.StartupReport;
import io.observability.starter.report.endpoint.ObservabilityEndpoint;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReportAutoConfiguration}.
 */
class ReportAutoConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(ReportAutoConfiguration.class))
        .withBean("source", ReportSource.class, () -> () -> FeatureReport.on("tracing", "10 %", Map.of("rate", 0.1)));

    @Test
    void isListed() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, null).getCandidates())
            .contains(ReportAutoConfiguration.class.getName());
    }

    @Test
    void writesOneLineWhenTheApplicationIsReady() {
        Logger logger = (Logger) LoggerFactory.getLogger(StartupReport.class);
        Level level = logger.getLevel();
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.INFO);
        try {
            this.runner.run((context) -> context.publishEvent(new ApplicationReadyEvent(new SpringApplication(),
                    new String[0], context.getSourceApplicationContext(), null)));
        }
        finally {
            logger.detachAppender(lines);
            logger.setLevel(level);
        }
        assertThat(lines.list).extracting(ILoggingEvent::getFormattedMessage)
            .containsExactly("Observability: tracing on (10 %)");
    }

    @Test
    void endpointIsThereOnlyWhenExposed() {
        this.runner.run((context) -> assertThat(context).doesNotHaveBean(ObservabilityEndpoint.class));
        this.runner.withPropertyValues("management.endpoints.web.exposure.include=observability").run((context) -> {
            ObservabilityEndpoint.Report report = context.getBean(ObservabilityEndpoint.class).report();
            assertThat(report.features()).singleElement()
                .isEqualTo(FeatureReport.on("tracing", "10 %", Map.of("rate", 0.1)));
        });
    }

    @Test
    void backsOffForAReportOfTheUser() {
        StartupReport own = new StartupReport(List.of());
        this.runner.withBean("own", StartupReport.class, () -> own)
            .run((context) -> assertThat(context.getBean(StartupReport.class)).isSameAs(own));
    }

    @Test
    void isOffWithItsSwitchAndWithTheStartersSwitch() {
        for (String property : new String[] { "observability.enabled=false", "observability.report.enabled=false" }) {
            this.runner.withPropertyValues(property)
                .run((context) -> assertThat(context).doesNotHaveBean(StartupReport.class));
        }
    }

}
