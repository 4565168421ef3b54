package io.observability.starter.logging.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.observability.starter.report.FeatureReport;
import io.observability.starter.report.FeatureReport.State;
import io.observability.starter.report.ReportSource;
import io.observability.starter.settings.InvalidSettingException;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.ResourceLoader;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link LoggingAutoConfiguration} and {@link LoggingEnvironmentPostProcessor}.
 */
class LoggingAutoConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(LoggingAutoConfiguration.class))
        .withInitializer((context) -> new LoggingEnvironmentPostProcessor()
            .postProcessEnvironment(context.getEnvironment(), new SpringApplication()));

    @Test
    void isListedAsAnAutoConfiguration() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
            .contains(LoggingAutoConfiguration.class.getName());
    }

    @Test
    void jsonIsTheFormatByDefault() {
        this.runner.run((context) -> {
            assertThat(context.getEnvironment().getProperty("logging.structured.format.console"))
                .isEqualTo(JsonLineFormatter.class.getName());
            assertThat(context.getEnvironment().getProperty("logging.structured.format.file"))
                .isEqualTo(JsonLineFormatter.class.getName());
            FeatureReport report = context.getBean(ReportSource.class).report();
            assertThat(report.state()).isEqualTo(State.ON);
            assertThat(report.summary()).isEqualTo("JSON lines, schema logstash on the console");
            assertThat(report.details()).containsEntry("service", "unknown_service");
        });
    }

    @Test
    void whatTheApplicationSetsWins() {
        this.runner.withPropertyValues("logging.structured.format.console=gelf")
            .run((context) -> assertThat(context.getBean(ReportSource.class).report().state())
                .isEqualTo(State.STEPPED_BACK));
    }

    @Test
    void theTextFormatSetsNoStructuredFormat() {
        this.runner.withPropertyValues("observability.logging.format=TEXT").run((context) -> {
            assertThat(context.getEnvironment().containsProperty("logging.structured.format.console")).isFalse();
            assertThat(context.getEnvironment().containsProperty("logging.structured.format.file")).isFalse();
            assertThat(context.getBean(ReportSource.class).report().summary()).isEqualTo("text on the console");
        });
    }

    @Test
    void autoIsJsonWhereNobodyLooks() {
        this.runner.withPropertyValues("observability.logging.format=auto")
            .run((context) -> assertThat(context.getEnvironment().containsProperty("logging.structured.format.console"))
                .isEqualTo(!Terminal.isInteractive()));
    }

    @Test
    void anUnknownFormatIsRefusedBeforeAndInTheContext() {
        MockEnvironment environment = new MockEnvironment().withProperty("observability.logging.format", "xml");
        assertThatExceptionOfType(InvalidSettingException.class)
            .isThrownBy(() -> new LoggingEnvironmentPostProcessor().postProcessEnvironment(environment,
                    new SpringApplication()))
            .withMessage("Property 'observability.logging.format' has the value 'xml', but must be one of json, text, "
                    + "auto");
        new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(LoggingAutoConfiguration.class))
            .withPropertyValues("observability.logging.format=xml")
            .run((context) -> assertThat(context).hasFailed()
                .getFailure()
                .hasRootCauseInstanceOf(InvalidSettingException.class));
    }

    @Test
    void aFileIsShortForTheNameOfSpringBootsLogFile() {
        this.runner.withPropertyValues("observability.logging.file=target/short.log").run((context) -> {
            assertThat(context.getEnvironment().getProperty("logging.file.name")).endsWith("/target/short.log");
            assertThat(context.getBean(ReportSource.class).report().summary())
                .contains("on the console, JSON lines, schema logstash in ");
        });
    }

    @Test
    void twoFilesAreRefused() {
        MockEnvironment environment = new MockEnvironment().withProperty("observability.logging.file", "a.log")
            .withProperty("logging.file.name", "b.log");
        assertThatExceptionOfType(InvalidSettingException.class)
            .isThrownBy(() -> new LoggingEnvironmentPostProcessor().postProcessEnvironment(environment,
                    new SpringApplication()))
            .withMessageContaining("left out while 'logging.file.name' is set");
    }

    @Test
    void anUnwritableFileIsRefused() {
        MockEnvironment environment = new MockEnvironment().withProperty("observability.logging.file", "/proc/x/a.log");
        assertThatExceptionOfType(InvalidSettingException.class)
            .isThrownBy(() -> new LoggingEnvironmentPostProcessor().postProcessEnvironment(environment,
                    new SpringApplication()))
            .withMessageContaining("'/proc/x/a.log'");
    }

    @Test
    void theServiceIsFoundInTheOrderOfItsSources() {
        MockEnvironment environment = new MockEnvironment().withProperty("spring.application.name", "boot")
            .withProperty("spring.application.version", "1");
        assertThat(line(environment)).contains("\"service\":\"boot\",\"service_version\":\"1\"")
            .doesNotContain("\"environment\"");
        environment.setProperty("management.opentelemetry.resource-attributes[service.name]", "otel");
        environment.setProperty("management.opentelemetry.resource-attributes.deployment.environment.name", "prod");
        assertThat(line(environment)).contains("\"service\":\"otel\"").contains("\"environment\":\"prod\"");
        environment.setProperty("observability.logging.service.name", "own");
        environment.setProperty("observability.logging.service.version", "2");
        environment.setProperty("observability.logging.service.environment", "test");
        assertThat(line(environment))
            .contains("\"service\":\"own\",\"service_version\":\"2\",\"environment\":\"test\"");
    }

    @Test
    void disabledItLeavesSpringBootsLogging() {
        for (String property : new String[] { "observability.logging.enabled=false", "observability.enabled=false" }) {
            this.runner.withPropertyValues(property).run((context) -> {
                assertThat(context).doesNotHaveBean(LoggingAutoConfiguration.class);
                assertThat(context.getEnvironment().containsProperty("logging.structured.format.console")).isFalse();
            });
        }
    }

    @Test
    void withoutLogbackItStepsBack() {
        ClassLoader without = new FilteredClassLoader(LoggerContext.class);
        ResourceLoader resources = new DefaultResourceLoader(without);
        new ApplicationContextRunner().withClassLoader(without)
            .withConfiguration(AutoConfigurations.of(LoggingAutoConfiguration.class))
            .withInitializer((context) -> new LoggingEnvironmentPostProcessor()
                .postProcessEnvironment(context.getEnvironment(), new SpringApplication(resources)))
            .run((context) -> {
                assertThat(context.getEnvironment().containsProperty("logging.structured.format.console")).isFalse();
                FeatureReport report = context.getBean(ReportSource.class).report();
                assertThat(report.state()).isEqualTo(State.STEPPED_BACK);
                assertThat(report.missing()).singleElement().asString().contains("spring-boot-starter-logging");
            });
    }

    @Test
    void backsOffForAReportOfTheApplications() {
        ReportSource own = () -> FeatureReport.on("logging", "own", Map.of());
        this.runner.withBean("observabilityLoggingReport", ReportSource.class, () -> own)
            .run((context) -> assertThat(context.getBean(ReportSource.class)).isSameAs(own));
    }

    private static String line(MockEnvironment environment) {
        LoggerContext context = new LoggerContext();
        LoggingEvent event = new LoggingEvent("fqcn", context.getLogger("a"), Level.INFO, "m", null, null);
        event.setMDCPropertyMap(Map.of());
        JsonLineFormatter formatter = new JsonLineFormatter(environment);
        assertThat(formatter.formatAsBytes(event, StandardCharsets.UTF_16))
            .isEqualTo(formatter.format(event).getBytes(StandardCharsets.UTF_8));
        return formatter.format(event);
    }

}
