package io.observability.starter.metrics.histogram;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import com.sun.management.ThreadMXBean;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class DurationHistogramTests {

    private static final List<Double> BOUNDS = List.of(1e6, 5e6, 1e9, Double.POSITIVE_INFINITY);

    @ParameterizedTest
    @CsvSource({ "0, 0", "1000000, 0", "1000001, 1", "5000000, 1", "5000001, 2", "1000000000, 2", "1000000001, 3",
            "9223372036854775807, 3" })
    void aBoundBelongsToTheBucketBelow(long nanos, int bucket) {
        assertThat(new HistogramLayout(BOUNDS, false).cell(nanos)).isEqualTo(bucket);
    }

    @ParameterizedTest
    @CsvSource({ "1.0, 0", "1.0000000001, 1", "1.0905077326652577, 1", "1.09050773266525769, 1",
            "1.0905077326652579, 2", "1.5, 5", "1.99, 8", "2.0, 8", "2.0000001, 9", "0.5, -8", "0.50001, -7",
            "0.001, -79", "131072, 136", "131072.1, 137" })
    void nativeBucketsEndAtTheEighthRootsOfTwo(double seconds, int bucket) {
        assertThat(NativeScale.index(seconds)).isEqualTo(bucket);
    }

    @Test
    void bothKindsOfBucketsSayTheSame() {
        HistogramLayout both = new HistogramLayout(BOUNDS, true);
        // Each bound divides a native bucket, but for the second, where one ends anyway.
        assertThat(both.cells()).isEqualTo(NativeScale.BUCKETS + 2);
        HistogramLayout classic = new HistogramLayout(BOUNDS, false);
        HistogramLayout natively = new HistogramLayout(List.of(), true);
        for (long nanos : new long[] { 0, 1, 953, 954, 999_999, 1_000_000, 1_000_001, 5_000_000, 5_000_001, 999_999_999,
                1_000_000_000, 1_000_000_001, Long.MAX_VALUE }) {
            assertThat(counts(both, nanos).classic()).as("%d", nanos).isEqualTo(counts(classic, nanos).classic());
            assertThat(counts(both, nanos).natively()).as("%d", nanos).isEqualTo(counts(natively, nanos).natively());
        }
    }

    @Test
    void countsEachDurationOnceWhileSomebodyLooks() throws InterruptedException {
        DurationHistogram histogram = new DurationHistogram(new HistogramLayout(BOUNDS, true));
        int threads = 4;
        int each = 50_000;
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        for (int t = 0; t < threads; t++) {
            long step = 1_000L * (t + 1);
            executor.execute(() -> {
                try {
                    start.await();
                }
                catch (InterruptedException ex) {
                    Thread.currentThread().interrupt();
                }
                for (int i = 1; i <= each; i++) {
                    histogram.record(i * step);
                }
            });
        }
        start.countDown();
        long last = 0;
        do {
            HistogramDataPointSnapshot point = point(histogram);
            assertThat(point.getCount()).isGreaterThanOrEqualTo(last);
            last = point.getCount();
            executor.shutdown();
        }
        while (!executor.awaitTermination(1, TimeUnit.MILLISECONDS));
        HistogramDataPointSnapshot point = point(histogram);
        assertThat(point.getCount()).isEqualTo((long) threads * each);
        assertThat(histogram.count()).isEqualTo((long) threads * each);
        assertThat(point.getNativeZeroCount()
                + point.getNativeBucketsForPositiveValues().stream().mapToLong((bucket) -> bucket.getCount()).sum())
            .isEqualTo((long) threads * each);
        assertThat(histogram.nanos()).isEqualTo(10_000L * each * (each + 1) / 2);
        assertThat(histogram.longest()).isEqualTo(4_000L * each);
    }

    @ParameterizedTest
    @CsvSource({ "false", "true" })
    void countingAllocatesNothing(boolean withNative) {
        DurationHistogram histogram = new DurationHistogram(new HistogramLayout(BOUNDS, withNative));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        record(histogram);
        long before = threads.getCurrentThreadAllocatedBytes();
        record(histogram);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        // What asking costs, once for all.
        assertThat(bytes).isLessThan(1_000);
    }

    private static void record(DurationHistogram histogram) {
        for (int i = 0; i < 20_000; i++) {
            histogram.record(i * 100_000L);
        }
    }

    private static Counts counts(HistogramLayout layout, long nanos) {
        DurationHistogram histogram = new DurationHistogram(layout);
        histogram.record(nanos);
        HistogramDataPointSnapshot point = point(histogram);
        String classic = point.getClassicBuckets().stream().map((bucket) -> "" + bucket.getCount()).toList().toString();
        String natively = point.getNativeZeroCount() + " "
                + point.getNativeBucketsForPositiveValues()
                    .stream()
                    .map((bucket) -> bucket.getBucketIndex() + ":" + bucket.getCount())
                    .toList();
        return new Counts(classic, natively);
    }

    private static HistogramDataPointSnapshot point(DurationHistogram histogram) {
        return histogram.snapshot(Labels.EMPTY, Exemplars.EMPTY, 0);
    }

    private record Counts(String classic, String natively) {

    }

}
