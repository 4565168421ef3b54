package io.observability.starter.metrics.autoconfigure;

import java.util.Properties;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.convention.JvmMemoryMeterConventions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.observability.starter.metrics.BuildInfoMeters;
import io.observability.starter.metrics.MemoryMeters;
import io.observability.starter.metrics.MetricNaming;
import io.observability.starter.metrics.ProcessMeters;
import io.observability.starter.metrics.ScrapeEndpoint;
import io.observability.starter.metrics.servlet.RestClientMeterHandler;
import io.observability.starter.report.FeatureReport;
import io.observability.starter.report.ReportSource;
import io.observability.starter.settings.InvalidSettingException;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.info.GitProperties;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.jvm.JvmMetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.system.SystemMetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.observation.ClientRequestObservationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

@ExtendWith(OutputCaptureExtension.class)
class MetricsAutoConfigurationTests {

    private static final Class<?> OURS = io.observability.starter.metrics.autoconfigure.MetricsAutoConfiguration.class;

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(OURS, MetricsAutoConfiguration.class,
                CompositeMeterRegistryAutoConfiguration.class, PrometheusMetricsExportAutoConfiguration.class,
                JvmMetricsAutoConfiguration.class, SystemMetricsAutoConfiguration.class));

    @Test
    void isListed() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()).getCandidates())
            .contains(OURS.getName());
    }

    @Test
    void providesTheMinimalSetAndItsScrape() {
        this.runner.run((context) -> {
            assertThat(context).hasSingleBean(ScrapeEndpoint.class)
                .hasSingleBean(ProcessMeters.class)
                .hasSingleBean(MemoryMeters.class)
                .hasSingleBean(BuildInfoMeters.class)
                .hasSingleBean(RestClientMeterHandler.class);
            assertThat(context.getBean(ScrapeEndpoint.class).path()).isEqualTo("/metrics");
            assertThat(scrape(context)).contains("process_cpu_seconds_total ")
                .contains("jvm_threads_current ")
                .contains("jvm_memory_used_bytes{area=\"heap\"}")
                .contains("build_info{commit=\"unknown\",version=\"unknown\"} 1")
                .doesNotContain("jvm_buffer")
                .doesNotContain("system_");
        });
    }

    @Test
    void theFilterReachesTheCompositeRegistry() {
        this.runner.withBean(SimpleMeterRegistry.class, SimpleMeterRegistry::new).run((context) -> {
            assertThat(context.getBeansOfType(MeterRegistry.class)).hasSizeGreaterThan(2);
            for (MeterRegistry registry : context.getBeansOfType(MeterRegistry.class).values()) {
                assertThat(registry.find("jvm.threads.current").gauge()).isNotNull();
                assertThat(registry.find("jvm.threads.live").gauge()).isNull();
                assertThat(registry.find("jvm.buffer.count").gauge()).isNull();
            }
        });
    }

    @Test
    void backsOffWhenDisabled() {
        for (String property : new String[] { "observability.enabled=false", "observability.metrics.enabled=false" }) {
            this.runner.withPropertyValues(property).run((context) -> {
                assertThat(context).doesNotHaveBean(ScrapeEndpoint.class).doesNotHaveBean(ProcessMeters.class);
                assertThat(scrape(context)).contains("jvm_threads_live_threads");
            });
        }
    }

    @Test
    void backsOffForTheUsersBeans() {
        this.runner.withUserConfiguration(UserConfiguration.class).run((context) -> {
            assertThat(context).hasSingleBean(ScrapeEndpoint.class).hasSingleBean(BuildInfoMeters.class);
            assertThat(context.getBean(ScrapeEndpoint.class).path()).isEqualTo("/mine");
            assertThat(scrape(context)).contains("build_info{commit=\"c\",version=\"v\"} 1");
        });
    }

    @Test
    void withoutPrometheusThereIsNothingToScrape() {
        this.runner.withClassLoader(new FilteredClassLoader(PrometheusMeterRegistry.class, PrometheusRegistry.class))
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ScrapeEndpoint.class));
        this.runner.withClassLoader(new FilteredClassLoader(ExpositionFormatWriter.class))
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ScrapeEndpoint.class));
        this.runner.withPropertyValues("management.prometheus.metrics.export.enabled=false")
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ScrapeEndpoint.class));
    }

    @Test
    void withoutSpringWebThereAreNoCallsToRecord() {
        this.runner.withClassLoader(new FilteredClassLoader(ClientRequestObservationContext.class))
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RestClientMeterHandler.class));
    }

    @Test
    void pathIsConfigurable() {
        this.runner.withPropertyValues("observability.metrics.path=/internal/metrics")
            .run((context) -> assertThat(context.getBean(ScrapeEndpoint.class).path()).isEqualTo("/internal/metrics"));
    }

    @Test
    void standardSetKeepsWhatSpringBootBrings() {
        this.runner.withPropertyValues("observability.metrics.set=standard")
            .run((context) -> assertThat(scrape(context)).contains("jvm_buffer_count_buffers")
                .contains("jvm_threads_current")
                .contains("process_cpu_seconds_total")
                .contains("jvm_memory_used_bytes{area=\"heap\",id="));
    }

    @Test
    void includedFamiliesAreKept() {
        this.runner.withPropertyValues("observability.metrics.include=jvm.buffer,system.load")
            .run((context) -> assertThat(scrape(context)).contains("jvm_buffer_count_buffers")
                .contains("system_load_average_1m")
                .doesNotContain("jvm_classes"));
    }

    @Test
    void micrometersNames() {
        this.runner.withPropertyValues("observability.metrics.naming=micrometer").run((context) -> {
            assertThat(context).hasSingleBean(ScrapeEndpoint.class)
                .hasSingleBean(RestClientMeterHandler.class)
                .doesNotHaveBean(MemoryMeters.class)
                .doesNotHaveBean(JvmMemoryMeterConventions.class);
            assertThat(scrape(context)).contains("jvm_threads_live_threads")
                .contains("jvm_memory_used_bytes{area=\"heap\",id=")
                .contains("process_cpu_time_ns_total")
                .contains("process_resident_memory_bytes")
                .contains("build_info")
                .doesNotContain("process_cpu_seconds_total")
                .doesNotContain("jvm_buffer");
        });
    }

    @Test
    void openTelemetrysNames() {
        this.runner
            .withPropertyValues("observability.metrics.naming=otel", "observability.metrics.set=standard",
                    "spring.application.name=shop", "spring.application.version=1.2.3")
            .run((context) -> assertThat(scrape(context)).contains("jvm_thread_count{jvm_thread_state=\"runnable\"}")
                .contains("jvm_memory_used_bytes{jvm_memory_pool_name=")
                .contains("jvm_cpu_time_seconds_total")
                .contains("jvm_cpu_count ")
                .contains("jvm_cpu_recent_utilization_ratio")
                .contains("jvm_class_count ")
                .contains("jvm_class_loaded_total")
                .contains("jvm_file_descriptor_count ")
                .contains("target_info{service_name=\"shop\",service_version=\"1.2.3\","
                        + "vcs_ref_head_revision=\"unknown\"} 1")
                .doesNotContain("jvm_threads_live")
                .doesNotContain("process_cpu"));
    }

    @Test
    void buildInfoComesFromTheBuild() {
        Properties build = new Properties();
        build.setProperty("version", "1.2.3");
        Properties git = new Properties();
        git.setProperty("commit.id", "0123456789abcdef");
        this.runner.withBean(BuildProperties.class, build)
            .withBean(GitProperties.class, git)
            .run((context) -> assertThat(scrape(context))
                .contains("build_info{commit=\"0123456\",version=\"1.2.3\"} 1"));
        this.runner.withPropertyValues("spring.application.version=4.5.6")
            .run((context) -> assertThat(scrape(context)).contains("version=\"4.5.6\""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~',
            textBlock = """
                    path          | metrics | 'observability.metrics.path' has the value 'metrics', but must be a path
                    path          | /a/*    | 'observability.metrics.path' has the value '/a/*', but must be a path
                    max-routes    | 0       | 'observability.metrics.max-routes' has the value '0', but must be a whole number from 1 to 10000
                    slo           | 1s,-1s  | 'observability.metrics.slo[1]' has the value '-1s', but must be a duration from 1ms to 1h
                    slo           | 2h      | 'observability.metrics.slo[0]' has the value '2h', but must be a duration from 1ms to 1h
                    """)
    void aWrongValueStopsTheStart(String property, String value, String message) {
        this.runner.withPropertyValues("observability.metrics." + property + "=" + value)
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(message));
    }

    @ParameterizedTest
    @CsvSource({ "naming, dotted, CONVENTIONAL, OTEL", "set, tiny, FULL, MINIMAL",
            "histograms, none, CLASSIC, NATIVE" })
    void anUnknownModeStopsTheStartWithAReadableMessage(String property, String value, String one, String other,
            CapturedOutput output) {
        SpringApplication application = new SpringApplication(EverythingConfiguration.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        assertThatException().isThrownBy(() -> application.run("--observability.metrics." + property + "=" + value));
        // A log line is JSON.
        assertThat(output.getAll().replace("\\\"", "\""))
            .contains("Failed to bind properties under 'observability.metrics." + property)
            .contains("Value: \"" + value + "\"")
            .contains("The following values are valid")
            .contains(one)
            .contains(other);
    }

    @Test
    void reportsWhatItShowsAndWhere() {
        this.runner.withPropertyValues("observability.metrics.slo=300ms").run((context) -> {
            FeatureReport report = context.getBean("observabilityMetricsReport", ReportSource.class).report();
            assertThat(report.feature()).isEqualTo("metrics");
            assertThat(report.state()).isEqualTo(FeatureReport.State.ON);
            assertThat(report.summary())
                .isEqualTo("minimal set, conventional names, 15 buckets, not scraped here: nothing answers HTTP");
            assertThat(report.details()).containsEntry("buckets", 15).containsEntry("naming", "conventional");
        });
        this.runner.withPropertyValues("management.prometheus.metrics.export.enabled=false")
            .run((context) -> assertThat(
                    context.getBean("observabilityMetricsReport", ReportSource.class).report().missing())
                .singleElement()
                .asString()
                .contains("micrometer-registry-prometheus"));
    }

    private static String scrape(AssertableApplicationContext context) {
        return context.getBean(PrometheusMeterRegistry.class).scrape();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class EverythingConfiguration {

    }

    @Configuration(proxyBeanMethods = false)
    static class UserConfiguration {

        @Bean
        ScrapeEndpoint scrape(PrometheusRegistry registry) {
            return new ScrapeEndpoint("/mine", registry, true);
        }

        @Bean
        BuildInfoMeters build() {
            return new BuildInfoMeters(MetricNaming.CONVENTIONAL, "s", "v", "c");
        }

    }

}
