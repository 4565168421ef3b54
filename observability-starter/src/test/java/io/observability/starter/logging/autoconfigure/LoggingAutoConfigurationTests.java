package io.observability.starter.logging.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.observability.starter.logging.delivery.DeliverySettings;
import io.observability.starter.logging.line.JsonLineWriter;
import io.observability.starter.logging.line.LineField;
import io.observability.starter.logging.line.LineOptions;
import io.observability.starter.logging.line.LineSchema;
import io.observability.starter.logging.line.StackOptions;
import io.observability.starter.logging.redaction.Redaction;
import io.observability.starter.logging.redaction.SecretKind;
import io.observability.starter.report.FeatureReport;
import io.observability.starter.report.FeatureReport.State;
import io.observability.starter.report.ReportSource;
import io.observability.starter.settings.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
            assertThat(context.getEnvironment().getProperty("spring.main.banner-mode")).isEqualTo("off");
            FeatureReport report = context.getBean(ReportSource.class).report();
            assertThat(report.state()).isEqualTo(State.ON);
            assertThat(report.summary())
                .isEqualTo("JSON lines, schema logstash on the console; asynchronous, when full drop-debug-first");
            assertThat(report.details()).containsEntry("service", "unknown_service").containsEntry("async", true);
        });
    }

    @Test
    void whatTheApplicationSetsWins() {
        this.runner.withPropertyValues("logging.structured.format.console=gelf").run((context) -> {
            assertThat(context.getBean(ReportSource.class).report().state()).isEqualTo(State.STEPPED_BACK);
            assertThat(context.getEnvironment().containsProperty("spring.main.banner-mode")).isFalse();
        });
        this.runner.withPropertyValues("spring.main.banner-mode=console")
            .run((context) -> assertThat(context.getEnvironment().getProperty("spring.main.banner-mode"))
                .isEqualTo("console"));
    }

    @Test
    void theTextFormatLeavesTheBanner() {
        this.runner.withPropertyValues("observability.logging.format=TEXT", "observability.logging.async=false")
            .run((context) -> {
                assertThat(context.getEnvironment().containsProperty("spring.main.banner-mode")).isFalse();
                assertThat(context.getBean(ReportSource.class).report().summary())
                    .isEqualTo("text on the console; synchronous");
            });
    }

    @Test
    void autoIsJsonWhereNobodyLooks() {
        this.runner.withPropertyValues("observability.logging.format=auto")
            .run((context) -> assertThat(context.getEnvironment().containsProperty("spring.main.banner-mode"))
                .isEqualTo(!Terminal.isInteractive()));
    }

    @Test
    void filesOfTheirOwnAreTold() {
        this.runner
            .withPropertyValues("observability.logging.files.audit.path=target/audit.log",
                    "observability.logging.files.audit.min-level=warn", "observability.logging.files.audit.max-age=90",
                    "logging.charset.console=ISO-8859-1", "logging.console.enabled=false")
            .run((context) -> {
                FeatureReport report = context.getBean(ReportSource.class).report();
                assertThat(report.summary()).startsWith(
                        "nothing on the console, WARN to ERROR in target/audit.log (kept 90 days); asynchronous");
                assertThat(report.details()).containsEntry("files.audit", "target/audit.log");
                assertThat(report.missing()).singleElement()
                    .isEqualTo("charset ISO-8859-1 of logging.charset.console: JSON lines are UTF-8");
            });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "observability.logging.schema|klingon|one of logstash",
            "observability.logging.when-full|panic|one of block, drop, drop-debug-first",
            "observability.logging.ring-size|1KB|a size from",
            "observability.logging.ring-size|big|a size such as 10MB",
            "observability.logging.max-line|15KB|a size from 16KB to 1MB",
            "observability.logging.max-line|2MB|a size from 16KB to 1MB",
            "observability.logging.max-line|1MB|at most a sixteenth of observability.logging.ring-size, here 256KB",
            "observability.logging.max-line|long|a size such as 10MB",
            "observability.logging.stack.max-frames|0|a whole number from 1 to 256",
            "observability.logging.stack.max-size|1MB|a size from 1KB to 64KB",
            "observability.logging.async|perhaps|true or false",
            "observability.logging.max-wait|1h|a duration from 0ms to 10s",
            "observability.logging.max-error-wait|soon|a duration such as",
            "observability.logging.required-fields|a,b,c,d,e,f,g,h,i|at most 8 names of fields",
            "observability.logging.required-fields|a,,b|each 1 to 64 characters long",
            "observability.logging.shutdown-timeout|1h|a duration from 0ms to 5m",
            "observability.logging.files.a.path|/proc/x/a.log|the path of a file that this process can write",
            "logging.logback.rollingpolicy.file-name-pattern|a.%i|left out",
            "logging.logback.rollingpolicy.max-file-size|huge|a size such as 10MB",
            "observability.logging.encoder|a.Nope|the class of a Logback encoder" })
    void aWrongValueIsRefusedBeforeAnyLineIsWritten(String property, String value, String allowed) {
        MockEnvironment environment = new MockEnvironment().withProperty(property, value);
        assertThatExceptionOfType(InvalidSettingException.class)
            .isThrownBy(() -> new LoggingEnvironmentPostProcessor().postProcessEnvironment(environment,
                    new SpringApplication()))
            .withMessageStartingWith("Property '" + property + "' has the value '" + value + "', but must be ")
            .withMessageContaining(allowed);
    }

    @Test
    void defaultsAreThoseOfTheDelivery() {
        LoggingProperties defaults = new LoggingProperties();
        assertThat(RouteFactory.delivery(defaults)).isEqualTo(DeliverySettings.defaults());
        assertThat(LoggingSettings.options(defaults).stack()).isEqualTo(StackOptions.standard());
        assertThat(LoggingSettings.options(defaults).redaction().kinds()).isEqualTo(Redaction.standard().kinds());
        assertThat(defaults.getSchema()).isEqualTo(LineSchema.LOGSTASH.id());
    }

    @Test
    void whatIsOnALineIsChosenByProperties() {
        MockEnvironment environment = new MockEnvironment().withProperty("observability.logging.schema", "ecs")
            .withProperty("observability.logging.names.message", "msg")
            .withProperty("observability.logging.context-keys", "tenant")
            .withProperty("observability.logging.stack.root-cause-first", "true")
            .withProperty("observability.logging.redaction.keys", "*iban")
            .withProperty("observability.logging.redaction.email", "true");
        LoggingProperties properties = LoggingSettings.of(environment);
        assertThat(LoggingSettings.schema(properties).path(LineField.MESSAGE)).isEqualTo("msg");
        assertThat(LoggingSettings.schema(properties).path(LineField.TRACE_ID)).isEqualTo("trace.id");
        LineOptions options = LoggingSettings.options(properties);
        assertThat(options.contextKeys()).containsExactly("tenant");
        assertThat(options.stack().rootCauseFirst()).isTrue();
        assertThat(options.redaction().masksKey("customer_iban")).isTrue();
        assertThat(options.redaction().masksKey("password")).isTrue();
        assertThat(options.redaction().kinds()).contains(SecretKind.EMAIL);
        environment.setProperty("observability.logging.redaction.enabled", "false");
        assertThat(LoggingSettings.options(LoggingSettings.of(environment)).redaction().masksKey("password")).isFalse();
    }

    @Test
    void anExceptionTakesAQuarterOfTheLine() {
        MockEnvironment environment = new MockEnvironment().withProperty("observability.logging.max-line", "16KB");
        LineOptions options = LoggingSettings.options(LoggingSettings.of(environment));
        assertThat(options.maxLine()).isEqualTo(16 * 1024);
        assertThat(options.stack().maxBytes()).isEqualTo(4 * 1024);
        environment.setProperty("observability.logging.stack.max-size", "2KB");
        assertThat(LoggingSettings.options(LoggingSettings.of(environment)).stack().maxBytes()).isEqualTo(2048);
        environment.setProperty("observability.logging.stack.max-size", "5KB");
        assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> LoggingSettings.of(environment))
            .withMessageContaining("'observability.logging.stack.max-size'")
            .withMessageContaining("a size from 1KB to 4KB");
        environment.setProperty("observability.logging.ring-size", "8MB");
        environment.setProperty("observability.logging.max-line", "512KB");
        environment.setProperty("observability.logging.stack.max-size", "128KB");
        assertThat(LoggingSettings.options(LoggingSettings.of(environment)).stack().maxBytes()).isEqualTo(128 * 1024);
    }

    @Test
    void theUsualLengthGivesWayToASmallRing() {
        MockEnvironment environment = new MockEnvironment().withProperty("observability.logging.ring-size", "256KB");
        assertThat(LoggingSettings.options(LoggingSettings.of(environment)).maxLine()).isEqualTo(16 * 1024);
        environment.setProperty("observability.logging.async", "false");
        assertThat(LoggingSettings.options(LoggingSettings.of(environment)).maxLine()).isEqualTo(256 * 1024);
    }

    @Test
    void levelsOfAFileAreInOrder() {
        MockEnvironment environment = new MockEnvironment()
            .withProperty("observability.logging.files.a.path", "target/a.log")
            .withProperty("observability.logging.files.a.min-level", "error")
            .withProperty("observability.logging.files.a.max-level", "info");
        assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> LoggingSettings.of(environment))
            .withMessageContaining("'observability.logging.files.a.min-level'")
            .withMessageContaining("at most the max-level, INFO");
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
                .hasStackTraceContaining("observability.logging.format"));
    }

    @Test
    void aFileIsShortForTheNameOfSpringBootsLogFile() {
        this.runner.withPropertyValues("observability.logging.file=target/short.log").run((context) -> {
            assertThat(context.getEnvironment().getProperty("logging.file.name")).endsWith("/target/short.log");
            assertThat(context.getBean(ReportSource.class).report().summary())
                .contains("on the console, JSON lines, schema logstash in ")
                .contains("short.log (kept 7 days)");
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
                assertThat(context.getEnvironment().containsProperty("spring.main.banner-mode")).isFalse();
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
                assertThat(context.getEnvironment().containsProperty("spring.main.banner-mode")).isFalse();
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
        return new String(new JsonLineWriter(LineSchema.LOGSTASH, ServiceIdentities.from(environment)).toBytes(event),
                StandardCharsets.UTF_8);
    }

}
