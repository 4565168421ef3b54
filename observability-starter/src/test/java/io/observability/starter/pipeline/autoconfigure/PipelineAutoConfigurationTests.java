package io.observability.starter.pipeline.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.observability.starter.metrics.MetricSet;
import io.observability.starter.metrics.MetricSetFilter;
import io.observability.starter.metrics.Promtool;
import io.observability.starter.pipeline.LedgerEntry;
import io.observability.starter.pipeline.LossReason;
import io.observability.starter.pipeline.PipelineMetric;
import io.observability.starter.pipeline.PipelineSource;
import io.observability.starter.pipeline.WriteTimes;
import io.observability.starter.pipeline.endpoint.PipelineEndpoint;
import io.observability.starter.report.FeatureReport;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PipelineAutoConfiguration}.
 */
class PipelineAutoConfigurationTests {

    private static final LedgerEntry STDOUT = new LedgerEntry("log", "stdout", 100, 90, 4,
            Map.of(LossReason.QUEUE_FULL, 6L), 9000, 0.25, new WriteTimes(3, 3_000_000, 2_000_000, 500_000), null);

    private static final LedgerEntry FILE = new LedgerEntry("log", "file", 100, 0, 99,
            Map.of(LossReason.QUEUE_FULL, 1L), 0, 1, WriteTimes.NONE, LossReason.DISK_FULL);

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(PipelineAutoConfiguration.class))
        .withBean("source", PipelineSource.class, () -> () -> List.of(STDOUT, FILE));

    @Test
    void isListed() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, null).getCandidates())
            .contains(PipelineAutoConfiguration.class.getName());
    }

    @Test
    void metersShowTheLedgerWithEachReasonFromTheStart() {
        this.runner.run((context) -> {
            String scrape = scrape(context.getBean(PipelineMeters.class));
            assertThat(scrape).contains("observability_lost_total{reason=\"queue_full\",signal=\"log\"} 7.0",
                    "observability_pipeline_made_total{destination=\"stdout\",signal=\"log\"} 100.0",
                    "observability_pipeline_written_total{destination=\"stdout\",signal=\"log\"} 90.0",
                    "observability_pipeline_written_bytes_total{destination=\"stdout\",signal=\"log\"} 9000.0",
                    "observability_pipeline_queued{destination=\"file\",signal=\"log\"} 99.0",
                    "observability_pipeline_fill_ratio{destination=\"stdout\",signal=\"log\"} 0.25",
                    "observability_pipeline_destination_up{destination=\"stdout\",signal=\"log\"} 1.0",
                    "observability_pipeline_destination_up{destination=\"file\",signal=\"log\"} 0.0",
                    "observability_pipeline_write_seconds_count{destination=\"stdout\",signal=\"log\"} 3",
                    "observability_pipeline_write_max_seconds{destination=\"stdout\",signal=\"log\"} 0.002");
            for (LossReason reason : LossReason.values()) {
                assertThat(scrape).contains("observability_lost_total{reason=\"" + reason.id() + "\",");
            }
            assertThat(scrape.lines().filter((line) -> line.startsWith("# TYPE")).map((line) -> line.split(" ")[2]))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(PipelineMetric.values()).map(PipelineMetric::family).toList());
        });
    }

    @Test
    void promtoolHasNothingToSay() {
        this.runner
            .run((context) -> assertThat(Promtool.check(scrape(context.getBean(PipelineMeters.class)))).isEmpty());
    }

    @Test
    void endpointIsThereOnlyWhenExposed() {
        this.runner.run((context) -> assertThat(context).doesNotHaveBean(PipelineEndpoint.class));
        this.runner.withPropertyValues("management.endpoints.web.exposure.include=pipeline").run((context) -> {
            List<PipelineEndpoint.Path> paths = context.getBean(PipelineEndpoint.class).pipeline().paths();
            assertThat(paths).extracting(PipelineEndpoint.Path::destination).containsExactly("stdout", "file");
            assertThat(paths).extracting(PipelineEndpoint.Path::state).containsExactly("ok", "disk_full");
            assertThat(paths.get(0).lostByReason()).containsExactly(Map.entry("queue_full", 6L));
            assertThat(paths.get(0).lost()).isEqualTo(6);
            assertThat(paths.get(0).writes()).isEqualTo(new PipelineEndpoint.Writes(3, 1000, 2000, 500));
        });
    }

    @Test
    void reportNamesThePaths() {
        this.runner.run((context) -> {
            FeatureReport report = context.getBean(PipelineReport.class).report();
            assertThat(report.feature()).isEqualTo("pipeline");
            assertThat(report.summary()).isEqualTo("log to stdout, log to file fails with disk_full; lost so far 7");
        });
    }

    @Test
    void worksWithoutAnyoneWhoKeepsAccount() {
        new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(PipelineAutoConfiguration.class))
            .run((context) -> {
                assertThat(context.getBean(PipelineReport.class).report().summary())
                    .isEqualTo("nothing keeps account here");
                assertThat(scrape(context.getBean(PipelineMeters.class))).isBlank();
            });
    }

    @Test
    void backsOffForTheUsersBeans() {
        PipelineMeters meters = new PipelineMeters(List::of);
        PipelineEndpoint endpoint = new PipelineEndpoint(List::of);
        this.runner.withPropertyValues("management.endpoints.web.exposure.include=pipeline")
            .withBean("ownMeters", PipelineMeters.class, () -> meters)
            .withBean("ownEndpoint", PipelineEndpoint.class, () -> endpoint)
            .run((context) -> {
                assertThat(context.getBean(PipelineMeters.class)).isSameAs(meters);
                assertThat(context.getBean(PipelineEndpoint.class)).isSameAs(endpoint);
            });
    }

    @Test
    void hasNoMetersWithoutMicrometer() {
        this.runner.withClassLoader(new FilteredClassLoader(MeterBinder.class, MeterRegistry.class))
            .run((context) -> assertThat(context).hasNotFailed()
                .hasSingleBean(PipelineReport.class)
                .doesNotHaveBean("observabilityPipelineMeters"));
    }

    @Test
    void isOffWithItsSwitchAndWithTheStartersSwitch() {
        for (String property : new String[] { "observability.enabled=false", "observability.pipeline.enabled=false" }) {
            this.runner.withPropertyValues(property)
                .run((context) -> assertThat(context).doesNotHaveBean(PipelineMeters.class)
                    .doesNotHaveBean(PipelineReport.class));
        }
    }

    private static String scrape(PipelineMeters meters) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.config().meterFilter(new MetricSetFilter(MetricSet.MINIMAL, List.of()));
        meters.bindTo(registry);
        return registry.scrape();
    }

}
