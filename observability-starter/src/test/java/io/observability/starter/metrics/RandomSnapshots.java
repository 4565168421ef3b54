package io.observability.starter.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;

/**
 * Makes all that a registry can hold, from a seed, a good part of it hostile.
 */
final class RandomSnapshots {

    private static final String[] NAMES = { "http_requests", "queue", "a:b", "http.requests", "größe", "x", "_y",
            "jvm_memory_used", "w-eird name" };

    private static final String[] LABELS = { "method", "route", "code", "a", "b_c", "http.route", "straße", "z_" };

    private static final String[] TEXTS = { "", "GET", "/shirts/{id}", "a\"b", "back\\slash", "two\nlines",
            "\r\t\u0001", "Größe", "日本", "😀", "\ud83d", "\ude00x", "ünd \"quoted\"\n\\", "x\\", "\"", " ", "200",
            "a\u0080\u07ff\u0800" };

    private static final double[] NUMBERS = { 0, -0.0, 1, -1, 42, 200, 9_999_999, 10_000_000, 9_999_999.5, 1e7, 1.5e7,
            0.1, 0.001, 0.000_999, 1e-5, 123.456, 1e21, 1e22, 2e-3, Double.MIN_VALUE, Double.MAX_VALUE, Double.NaN,
            Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 4.9e-324, 2.0000000000000004, Integer.MAX_VALUE,
            Integer.MIN_VALUE, Long.MAX_VALUE, 0.005, 1.0E10 };

    private static final long[] COUNTS = { 0, 0, 1, 2, 9, 10, 99, 100, 12_345, Integer.MAX_VALUE, 1L << 40 };

    private static final long[] TIMES = { 0, 0, 0, 1, 9, 99, 999, 1000, 1_700_000_000_001L, 1_700_000_000_045L,
            1_700_000_000_678L };

    private final Random random;

    RandomSnapshots(long seed) {
        this.random = new Random(seed);
    }

    MetricSnapshots next() {
        List<MetricSnapshot> families = new ArrayList<>();
        for (int i = this.random.nextInt(12); i > 0; i--) {
            String name = pick(NAMES) + "_" + i;
            int kind = this.random.nextInt(8);
            families.add(family(kind, name, Labels.EMPTY));
            if (this.random.nextInt(8) == 0 && kind < 5) {
                // Two parts of one family, with labels of their own.
                families.add(family(kind, name, Labels.of("part", "2")));
            }
        }
        return new MetricSnapshots(families);
    }

    private MetricSnapshot family(int kind, String name, Labels part) {
        Unit unit = (kind != 5 && kind != 6 && this.random.nextInt(4) == 0) ? new Unit("seconds") : null;
        String full = (unit != null) ? name + "_seconds" : name;
        MetricMetadata metadata = new MetricMetadata(full, (this.random.nextInt(5) == 0) ? null : pick(TEXTS), unit);
        Map<Labels, Labels> points = new LinkedHashMap<>();
        for (int i = this.random.nextInt(5); i > 0; i--) {
            Labels labels = labels().merge(part);
            points.put(labels, labels);
        }
        List<Labels> all = List.copyOf(points.keySet());
        return switch (kind) {
            case 0 -> new CounterSnapshot(metadata,
                    all.stream()
                        .map((labels) -> new CounterSnapshot.CounterDataPointSnapshot(positive(), labels, exemplar(),
                                created(), time()))
                        .toList());
            case 1 -> new GaugeSnapshot(metadata, all.stream()
                .map((labels) -> new GaugeSnapshot.GaugeDataPointSnapshot(pick(NUMBERS), labels, exemplar(), time()))
                .toList());
            case 2 -> new HistogramSnapshot(false, metadata, all.stream().map(this::histogram).toList());
            case 3 -> new SummarySnapshot(metadata, all.stream().map(this::summary).toList());
            case 4 -> new UnknownSnapshot(metadata,
                    all.stream()
                        .map((labels) -> new UnknownSnapshot.UnknownDataPointSnapshot(pick(NUMBERS), labels, exemplar(),
                                time()))
                        .toList());
            case 5 -> new InfoSnapshot(metadata,
                    all.stream().map((labels) -> new InfoSnapshot.InfoDataPointSnapshot(labels, time())).toList());
            case 6 -> new StateSetSnapshot(metadata,
                    all.stream()
                        .map((labels) -> new StateSetSnapshot.StateSetDataPointSnapshot(new String[] { "on", "o\"ff" },
                                new boolean[] { true, false }, labels, time()))
                        .toList());
            default -> new HistogramSnapshot(true, metadata, all.stream().map(this::histogram).toList());
        };
    }

    private HistogramSnapshot.HistogramDataPointSnapshot histogram(Labels labels) {
        NativeHistogramBuckets natives = NativeHistogramBuckets.of(new int[] { 1, 2, 5 }, new long[] { 3, 4, 1 });
        int kind = this.random.nextInt(4);
        double sum = pick(NUMBERS);
        if (kind == 0) {
            return new HistogramSnapshot.HistogramDataPointSnapshot(ClassicHistogramBuckets.EMPTY, 3, 2, 1e-6, natives,
                    NativeHistogramBuckets.EMPTY, sum, labels, exemplars(), created(), time());
        }
        if (kind == 1) {
            double[] bounds = { 1, Double.POSITIVE_INFINITY };
            return new HistogramSnapshot.HistogramDataPointSnapshot(
                    ClassicHistogramBuckets.of(bounds, new long[] { 4, 6 }), 3, 2, 1e-6, natives,
                    NativeHistogramBuckets.EMPTY, sum, labels, exemplars(), created(), time());
        }
        double[] bounds = new double[1 + this.random.nextInt(20)];
        long[] counts = new long[bounds.length];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = (kind == 2) ? i * 0.005 - 0.005 : (i - 2) * 1e6;
            counts[i] = COUNTS[this.random.nextInt(COUNTS.length)];
        }
        bounds[bounds.length - 1] = Double.POSITIVE_INFINITY;
        return new HistogramSnapshot.HistogramDataPointSnapshot(ClassicHistogramBuckets.of(bounds, counts),
                HistogramSnapshot.CLASSIC_HISTOGRAM, 0, 0, NativeHistogramBuckets.EMPTY, NativeHistogramBuckets.EMPTY,
                sum, labels, exemplars(), created(), time());
    }

    private SummarySnapshot.SummaryDataPointSnapshot summary(Labels labels) {
        List<Quantile> quantiles = new ArrayList<>();
        for (int i = this.random.nextInt(4); i > 0; i--) {
            quantiles.add(new Quantile(i * 0.25, pick(NUMBERS)));
        }
        long count = (this.random.nextInt(3) == 0) ? -1 : COUNTS[this.random.nextInt(COUNTS.length)];
        double sum = (this.random.nextInt(3) == 0) ? Double.NaN : positive();
        return new SummarySnapshot.SummaryDataPointSnapshot(count, sum, Quantiles.of(quantiles), labels, exemplars(),
                created(), time());
    }

    private Labels labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        for (int i = this.random.nextInt(4); i > 0; i--) {
            // The hostile names are rarer than the others.
            labels.put(LABELS[this.random.nextInt((this.random.nextInt(4) == 0) ? LABELS.length : 5)], pick(TEXTS));
        }
        return Labels.of(labels.keySet().toArray(String[]::new), labels.values().toArray(String[]::new));
    }

    private Exemplars exemplars() {
        List<Exemplar> exemplars = new ArrayList<>();
        for (int i = this.random.nextInt(4); i > 0; i--) {
            exemplars.add(new Exemplar(this.random.nextInt(200) * 0.001, exemplarLabels(), time()));
        }
        return Exemplars.of(exemplars);
    }

    private Exemplar exemplar() {
        return (this.random.nextInt(3) == 0) ? new Exemplar(pick(NUMBERS), exemplarLabels(), time()) : null;
    }

    private Labels exemplarLabels() {
        return switch (this.random.nextInt(6)) {
            case 0 -> Labels.EMPTY;
            case 1 -> Labels.of("trace.id", "0123");
            default -> Labels.of("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736", "span_id", pick(TEXTS));
        };
    }

    private double positive() {
        double number = Math.abs(pick(NUMBERS));
        return Double.isNaN(number) ? 3 : number;
    }

    private long time() {
        return TIMES[this.random.nextInt(TIMES.length)];
    }

    private long created() {
        return this.random.nextInt(2);
    }

    private String pick(String[] from) {
        return from[this.random.nextInt(from.length)];
    }

    private double pick(double[] from) {
        return from[this.random.nextInt(from.length)];
    }

}
