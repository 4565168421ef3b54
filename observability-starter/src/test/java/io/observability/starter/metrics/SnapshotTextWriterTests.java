package io.observability.starter.metrics;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares {@link SnapshotTextWriter} with the client library's writers, byte for byte.
 */
class SnapshotTextWriterTests {

    private static final int REGISTRIES = 3_000;

    private final ScrapeText text = new ScrapeText(0);

    @ParameterizedTest
    @EnumSource
    void writesWhatTheLibraryWritesForAllThatARegistryCanHold(EscapingScheme escaping) throws IOException {
        long first = new Random().nextInt(1_000_000);
        for (long seed = first; seed < first + REGISTRIES; seed++) {
            MetricSnapshots snapshots = new RandomSnapshots(seed).next();
            for (TextSyntax syntax : TextSyntax.values()) {
                assertThat(ours(syntax, snapshots, escaping)).as("seed %d, %s", seed, syntax)
                    .isEqualTo(theirs(syntax, snapshots, escaping));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void writesAnEmptyRegistry(TextSyntax syntax) throws IOException {
        assertThat(ours(syntax, new MetricSnapshots(), EscapingScheme.UNDERSCORE_ESCAPING))
            .isEqualTo((syntax == TextSyntax.OPENMETRICS) ? "# EOF\n" : "");
    }

    @ParameterizedTest
    @EnumSource
    void writesEveryNumberAsTheLibraryDoes(TextSyntax syntax) throws IOException {
        Random random = new Random(7);
        GaugeSnapshot.Builder gauges = GaugeSnapshot.builder().name("numbers");
        for (int i = 0; i < 20_000; i++) {
            double number = switch (i % 4) {
                case 0 -> Double.longBitsToDouble(random.nextLong());
                case 1 -> random.nextInt(20_000_000) - 5_000_000;
                case 2 -> random.nextDouble() * 10;
                default -> random.nextLong() / 1e9;
            };
            gauges.dataPoint(new GaugeDataPointSnapshot(number, Labels.of("i", String.valueOf(i)), null));
        }
        MetricSnapshots snapshots = MetricSnapshots.of(gauges.build());
        assertThat(ours(syntax, snapshots, EscapingScheme.ALLOW_UTF8))
            .isEqualTo(theirs(syntax, snapshots, EscapingScheme.ALLOW_UTF8));
    }

    @Test
    void aNameThatNeedsQuotesTakesBackWhatWasWrittenOfItsFamily() throws IOException {
        MetricSnapshot plain = new GaugeSnapshot(new MetricMetadata("b", "help"),
                List.of(new GaugeDataPointSnapshot(1, Labels.of("fine", "1"), null),
                        new GaugeDataPointSnapshot(2, Labels.of("not.fine", "2"), null)));
        MetricSnapshots snapshots = MetricSnapshots.of(
                GaugeSnapshot.builder().name("a").dataPoint(new GaugeDataPointSnapshot(1, Labels.EMPTY, null)).build(),
                plain);
        assertThat(ours(TextSyntax.OPENMETRICS, snapshots, EscapingScheme.ALLOW_UTF8))
            .isEqualTo(theirs(TextSyntax.OPENMETRICS, snapshots, EscapingScheme.ALLOW_UTF8))
            .contains("\"not.fine\"=\"2\"");
    }

    @Test
    void writesWhatAreMostOfTheSeriesWithoutTheLibrary() throws IOException {
        MetricSnapshots snapshots = MetricSnapshots.of(CounterSnapshot.builder()
            .name("requests")
            .dataPoint(new CounterSnapshot.CounterDataPointSnapshot(3, Labels.of("code", "200"), null, 0))
            .build(), HistogramSnapshot.builder().name("latency").build());
        ExpositionFormatWriter none = new OpenMetricsTextFormatWriter(false, false) {

            @Override
            public void write(OutputStream out, MetricSnapshots metricSnapshots, EscapingScheme escaping) {
                throw new AssertionError("Asked for " + metricSnapshots);
            }

        };
        new SnapshotTextWriter(TextSyntax.OPENMETRICS, none).write(this.text, snapshots,
                EscapingScheme.UNDERSCORE_ESCAPING);
        assertThat(new String(this.text.toByteArray(), StandardCharsets.UTF_8))
            .isEqualTo("# TYPE requests counter\nrequests_total{code=\"200\"} 3.0\n# EOF\n");
    }

    private String ours(TextSyntax syntax, MetricSnapshots snapshots, EscapingScheme escaping) throws IOException {
        this.text.truncate(0);
        new SnapshotTextWriter(syntax, library(syntax)).write(this.text, snapshots, escaping);
        return new String(this.text.toByteArray(), StandardCharsets.ISO_8859_1);
    }

    private static String theirs(TextSyntax syntax, MetricSnapshots snapshots, EscapingScheme escaping)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        library(syntax).write(out, snapshots, escaping);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private static ExpositionFormatWriter library(TextSyntax syntax) {
        return (syntax == TextSyntax.OPENMETRICS) ? new OpenMetricsTextFormatWriter(false, false)
                : PrometheusTextFormatWriter.create();
    }

}
