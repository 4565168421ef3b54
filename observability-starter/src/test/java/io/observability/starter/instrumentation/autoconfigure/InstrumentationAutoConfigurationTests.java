package io.observability.starter.instrumentation.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.observability.starter.instrumentation.InstrumentationMeters;
import io.observability.starter.instrumentation.InstrumentationMetric;
import io.observability.starter.instrumentation.RequestSpans;
import io.observability.starter.instrumentation.reactive.RequestSpanWebFilter;
import io.observability.starter.instrumentation.servlet.RequestSpanFilter;
import io.observability.starter.metrics.MetricSet;
import io.observability.starter.metrics.MetricSetFilter;
import io.observability.starter.metrics.Promtool;
import io.observability.starter.pipeline.Completeness;
import io.observability.starter.pipeline.CompletenessSource;
import io.observability.starter.report.FeatureReport;
import io.observability.starter.report.ReportSource;
import io.observability.starter.settings.InvalidSettingException;
import io.opentelemetry.api.OpenTelemetry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link InstrumentationAutoConfiguration}.
 */
class InstrumentationAutoConfigurationTests {

    private static final CompletenessSource LINES = () -> List.of(
            new Completeness(Completeness.Aspect.LINE_TRACE_ID, "", 8, 6),
            new Completeness(Completeness.Aspect.REQUIRED_FIELD, "service.version", 8, 0),
            new Completeness(Completeness.Aspect.REQUIRED_FIELD, "tenant", 4, 3));

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(InstrumentationAutoConfiguration.class))
        .withBean(OtelTracer.class, InstrumentationAutoConfigurationTests::tracer)
        .withBean("lines", CompletenessSource.class, () -> LINES);

    @Test
    void isListed() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, null).getCandidates())
            .contains(InstrumentationAutoConfiguration.class.getName());
    }

    @Test
    void sharesAreGaugesAndNotANumberWithoutTraffic() {
        this.runner.run((context) -> assertThat(scrape(context.getBean(InstrumentationMeters.class))).contains(
                "observability_requests_with_span_ratio NaN", "observability_log_lines_with_trace_id_ratio 0.75",
                "observability_required_field_empty_ratio{field=\"service.version\"} 1.0",
                "observability_required_field_empty_ratio{field=\"tenant\"} 0.25"));
    }

    @Test
    void familiesAreInEachSetWithTheirDeclaredNamesAndPromtoolHasNothingToSay() {
        this.runner.run((context) -> {
            String scrape = scrape(context.getBean(InstrumentationMeters.class));
            for (InstrumentationMetric metric : InstrumentationMetric.values()) {
                assertThat(scrape).contains("# HELP " + metric.family() + " " + metric.help(),
                        "# TYPE " + metric.family() + " gauge");
            }
            assertThat(Promtool.check(scrape)).isEmpty();
        });
    }

    @Test
    void documentationListsEachMetric() throws IOException {
        String page = Files.readString(Path.of("../src/docs/instrumentation.md"));
        assertThat(page.lines().filter((line) -> line.startsWith("| `observability_"))).containsExactlyElementsOf(Arrays
            .stream(InstrumentationMetric.values())
            .map((metric) -> "| `%s` | %s |".formatted(
                    metric.family() + (metric.labels().isEmpty() ? "" : "{" + String.join(",", metric.labels()) + "}"),
                    metric.help()))
            .toList());
    }

    @Test
    void servletServiceHasItsFilterAndReactiveServiceTheOther() {
        this.runner.run((context) -> {
            assertThat(context).hasSingleBean(RequestSpans.class).doesNotHaveBean(RequestSpanWebFilter.class);
            assertThat(context.getBean("observabilityRequestSpanFilter", FilterRegistrationBean.class).getFilter())
                .isInstanceOf(RequestSpanFilter.class);
        });
        new ReactiveWebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(InstrumentationAutoConfiguration.class))
            .withBean(OtelTracer.class, InstrumentationAutoConfigurationTests::tracer)
            .run((context) -> assertThat(context).hasSingleBean(RequestSpanWebFilter.class)
                .doesNotHaveBean(FilterRegistrationBean.class));
    }

    @Test
    void withoutATracerNoRequestIsCounted() {
        new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(InstrumentationAutoConfiguration.class))
            .run((context) -> assertThat(context).hasSingleBean(InstrumentationMeters.class)
                .doesNotHaveBean(RequestSpans.class)
                .doesNotHaveBean(FilterRegistrationBean.class));
    }

    @Test
    void serviceWithoutAWebServerHasTheOtherShares() {
        new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(InstrumentationAutoConfiguration.class))
            .withBean(OtelTracer.class, InstrumentationAutoConfigurationTests::tracer)
            .run((context) -> {
                assertThat(context).hasSingleBean(InstrumentationMeters.class).doesNotHaveBean(RequestSpans.class);
                assertThat(report(context.getBean(ReportSource.class)).summary()).isEqualTo("nothing to look at");
            });
    }

    @Test
    void worksWithoutTracingAndBacksOffWithoutMicrometer() {
        this.runner.withClassLoader(new FilteredClassLoader("io.micrometer.tracing.otel"))
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RequestSpans.class));
        this.runner.withClassLoader(new FilteredClassLoader(MeterBinder.class))
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("observabilityInstrumentationMeters"));
    }

    @Test
    void backsOffForTheUsersBeans() {
        InstrumentationMeters meters = new InstrumentationMeters(List::of, Duration.ofMinutes(1), System::nanoTime);
        RequestSpans spans = new RequestSpans();
        this.runner.withBean("ownMeters", InstrumentationMeters.class, () -> meters)
            .withBean("ownSpans", RequestSpans.class, () -> spans)
            .run((context) -> {
                assertThat(context.getBean(InstrumentationMeters.class)).isSameAs(meters);
                assertThat(context.getBean(RequestSpans.class)).isSameAs(spans);
            });
    }

    @Test
    void isOffWithItsSwitchAndWithTheStartersSwitch() {
        for (String property : new String[] { "observability.enabled=false",
                "observability.instrumentation.enabled=false" }) {
            this.runner.withPropertyValues(property)
                .run((context) -> assertThat(context).doesNotHaveBean(InstrumentationMeters.class)
                    .doesNotHaveBean(RequestSpans.class)
                    .doesNotHaveBean(FilterRegistrationBean.class));
        }
    }

    @Test
    void reportTellsWhatIsLookedAt() {
        this.runner.withPropertyValues("observability.instrumentation.window=10m").run((context) -> {
            FeatureReport report = report(context.getBean("observabilityInstrumentationReport", ReportSource.class));
            assertThat(report.summary())
                .isEqualTo("lines with a trace id, requests with a span, empty fields over 10 minutes");
            assertThat(report.details()).containsEntry("requiredFields", List.of("service.version", "tenant"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = { "59s", "61m", "-1s" })
    void wrongWindowStopsTheStart(String window) {
        this.runner.withPropertyValues("observability.instrumentation.window=" + window)
            .run((context) -> assertThat(context).hasFailed()
                .getFailure()
                .rootCause()
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("'observability.instrumentation.window'")
                .hasMessageContaining("from 1m to 1h"));
    }

    private static FeatureReport report(ReportSource source) {
        return source.report();
    }

    private static String scrape(InstrumentationMeters meters) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.config().meterFilter(new MetricSetFilter(MetricSet.MINIMAL, List.of()));
        meters.bindTo(registry);
        return registry.scrape();
    }

    private static OtelTracer tracer() {
        return new OtelTracer(OpenTelemetry.noop().getTracer("test"), new OtelCurrentTraceContext(), (event) -> {
        });
    }

}
