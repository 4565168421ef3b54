package io.observability.starter.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DistributionDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.PrometheusNaming;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot.UnknownDataPointSnapshot;

/**
 * Writes the families of one scrape. The labels of a series are escaped once and copied
 * from its first line to its others. Not thread-safe.
 */
final class FamilyWriter {

    private final ScrapeText out;

    private final TextSyntax syntax;

    private final boolean underscores;

    private final LineWriter lines;

    private final BoundTexts bounds = new BoundTexts();

    /**
     * Create a writer.
     * @param out where to write
     * @param syntax the format
     * @param underscores whether names are shown with underscores for all that is not in
     * the classic alphabet, or as they are
     */
    FamilyWriter(ScrapeText out, TextSyntax syntax, boolean underscores) {
        this.out = out;
        this.syntax = syntax;
        this.underscores = underscores;
        this.lines = new LineWriter(out, syntax, underscores);
    }

    /**
     * Write a family.
     * @param family the family
     * @return whether it could be written; if not, what was written is of no use
     */
    boolean write(MetricSnapshot family) {
        if (family.getDataPoints().isEmpty()) {
            return true;
        }
        this.lines.beginFamily();
        String name = this.underscores ? family.getMetadata().getPrometheusName() : family.getMetadata().getName();
        if (!PrometheusNaming.isValidLegacyMetricName(name)) {
            return false;
        }
        if (family instanceof CounterSnapshot counter) {
            return writeCounter(name, counter);
        }
        if (family instanceof GaugeSnapshot gauge) {
            return writeGauge(name, gauge);
        }
        if (family instanceof HistogramSnapshot histogram) {
            return !histogram.isGaugeHistogram() && writeHistogram(name, histogram);
        }
        if (family instanceof SummarySnapshot summary) {
            return writeSummary(name, summary);
        }
        if (family instanceof InfoSnapshot info) {
            return writeInfo(name, info);
        }
        return family instanceof UnknownSnapshot unknown && writeUnknown(name, unknown);
    }

    private boolean writeCounter(String name, CounterSnapshot family) {
        this.syntax.metadata(this.out, name, "_total", "counter", family.getMetadata());
        for (CounterDataPointSnapshot point : family.getDataPoints()) {
            if (!this.lines.begin(name, "_total", point.getLabels())) {
                return false;
            }
            this.out.number(point.getValue());
            if (!this.lines.end(point, point.getExemplar())) {
                return false;
            }
        }
        return true;
    }

    private boolean writeGauge(String name, GaugeSnapshot family) {
        this.syntax.metadata(this.out, name, "", "gauge", family.getMetadata());
        for (GaugeDataPointSnapshot point : family.getDataPoints()) {
            if (!this.lines.begin(name, "", point.getLabels())) {
                return false;
            }
            this.out.number(point.getValue());
            this.lines.end(point);
        }
        return true;
    }

    private boolean writeUnknown(String name, UnknownSnapshot family) {
        this.syntax.metadata(this.out, name, "", this.syntax.unknown(), family.getMetadata());
        for (UnknownDataPointSnapshot point : family.getDataPoints()) {
            if (!this.lines.begin(name, "", point.getLabels())) {
                return false;
            }
            this.out.number(point.getValue());
            this.lines.end(point);
        }
        return true;
    }

    private boolean writeInfo(String name, InfoSnapshot family) {
        this.syntax.metadata(this.out, name, "_info", this.syntax.info(), family.getMetadata());
        for (InfoDataPointSnapshot point : family.getDataPoints()) {
            if (!this.lines.begin(name, "_info", point.getLabels())) {
                return false;
            }
            this.out.write('1');
            this.lines.end(point);
        }
        return true;
    }

    private boolean writeHistogram(String name, HistogramSnapshot family) {
        this.syntax.metadata(this.out, name, "", "histogram", family.getMetadata());
        for (HistogramDataPointSnapshot point : family.getDataPoints()) {
            if (!writeBuckets(name, point)) {
                return false;
            }
            if (this.syntax.isComplete(point.hasCount(), point.hasSum()) && !writeCountAndSum(name, point)) {
                return false;
            }
        }
        return true;
    }

    private boolean writeBuckets(String name, HistogramDataPointSnapshot point) {
        ClassicHistogramBuckets buckets = point.getClassicBuckets();
        Exemplars exemplars = point.getExemplars();
        boolean withExemplars = this.syntax.hasExemplars() && exemplars.size() > 0;
        int line = this.out.size();
        if (!this.lines.begin(name, "_bucket", point.getLabels(), "le")) {
            return false;
        }
        int length = this.out.size() - line;
        long count = 0;
        double lower = Double.NEGATIVE_INFINITY;
        // Native buckets alone have no text: what is left is the one without a bound.
        int size = Math.max(buckets.size(), 1);
        for (int i = 0; i < size; i++) {
            double upper = buckets.isEmpty() ? Double.POSITIVE_INFINITY : buckets.getUpperBound(i);
            count = buckets.isEmpty() ? point.getCount() : count + buckets.getCount(i);
            if (i > 0) {
                this.out.again(line, length);
            }
            this.bounds.write(this.out, i, upper);
            this.out.ascii("\"} ");
            this.out.number(count);
            if (!this.lines.end(point, withExemplars ? exemplars.get(lower, upper) : null)) {
                return false;
            }
            lower = upper;
        }
        return true;
    }

    private boolean writeSummary(String name, SummarySnapshot family) {
        boolean begun = false;
        for (SummaryDataPointSnapshot point : family.getDataPoints()) {
            if (point.getQuantiles().size() == 0 && !point.hasCount() && !point.hasSum()) {
                continue;
            }
            if (!begun) {
                this.syntax.metadata(this.out, name, "", "summary", family.getMetadata());
                begun = true;
            }
            if ((point.getQuantiles().size() > 0 && !writeQuantiles(name, point)) || !writeCountAndSum(name, point)) {
                return false;
            }
        }
        return true;
    }

    private boolean writeQuantiles(String name, SummaryDataPointSnapshot point) {
        int line = this.out.size();
        if (!this.lines.begin(name, "", point.getLabels(), "quantile")) {
            return false;
        }
        int length = this.out.size() - line;
        for (int i = 0; i < point.getQuantiles().size(); i++) {
            Quantile quantile = point.getQuantiles().get(i);
            if (i > 0) {
                this.out.again(line, length);
            }
            this.out.number(quantile.getQuantile());
            this.out.ascii("\"} ");
            this.out.number(quantile.getValue());
            this.lines.end(point);
        }
        return true;
    }

    private boolean writeCountAndSum(String name, DistributionDataPointSnapshot point) {
        if (point.hasCount()) {
            if (!this.lines.again(name, "_count", point.getLabels())) {
                return false;
            }
            this.out.number(point.getCount());
            this.lines.end(point);
        }
        if (point.hasSum()) {
            if (!this.lines.again(name, "_sum", point.getLabels())) {
                return false;
            }
            this.out.number(point.getSum());
            this.lines.end(point);
        }
        return true;
    }

}
