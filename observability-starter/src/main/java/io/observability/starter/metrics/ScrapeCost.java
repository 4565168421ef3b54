package io.observability.starter.metrics;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;

/**
 * What the last whole scrape cost, as metrics that the next one shows. Thread-safe.
 */
final class ScrapeCost implements MeterBinder {

    private static final double NANOS_PER_SECOND = 1e9;

    private final LongAdder refused = new LongAdder();

    private volatile Scrape last = new Scrape(0, 0, 0);

    void paid(long nanos, long bytes, MetricSnapshots shown) {
        this.last = new Scrape(nanos / NANOS_PER_SECOND, bytes, series(shown));
    }

    void refused() {
        this.refused.increment();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        bind(registry, MetricName.SCRAPE_DURATION, (cost) -> cost.last.seconds());
        bind(registry, MetricName.SCRAPE_BODY, (cost) -> cost.last.bytes());
        bind(registry, MetricName.SCRAPE_SERIES, (cost) -> cost.last.series());
        FunctionCounter.builder(MetricName.SCRAPES_REFUSED.meter(), this.refused, LongAdder::sum)
            .description(MetricName.SCRAPES_REFUSED.help())
            .register(registry);
    }

    private void bind(MeterRegistry registry, MetricName name, ToDoubleFunction<ScrapeCost> value) {
        Gauge.builder(name.meter(), this, value).description(name.help()).baseUnit(name.unit()).register(registry);
    }

    private static long series(MetricSnapshots shown) {
        long series = 0;
        for (MetricSnapshot family : shown) {
            for (DataPointSnapshot point : family.getDataPoints()) {
                if (point instanceof HistogramDataPointSnapshot histogram) {
                    // A native histogram is one series, whatever it counts.
                    series += histogram.hasClassicHistogramData() ? histogram.getClassicBuckets().size() + 2 : 1;
                }
                else if (point instanceof SummaryDataPointSnapshot summary) {
                    series += summary.getQuantiles().size() + 2;
                }
                else {
                    series++;
                }
            }
        }
        return series;
    }

    private record Scrape(double seconds, double bytes, double series) {

    }

}
