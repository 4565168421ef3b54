package io.observability.starter.metrics;

import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.PrometheusNaming;
import org.jspecify.annotations.Nullable;

/**
 * Writes what stands before and after the value of a series. The labels of a data point
 * are escaped for its first line and copied to its others. What begins a line, or ends it
 * with an exemplar, says whether it could: not where a label's name needs quotes. Not
 * thread-safe.
 */
final class LineWriter {

    private final ScrapeText out;

    private final TextSyntax syntax;

    private final boolean underscores;

    /** The labels that were written last. */
    private @Nullable Labels written;

    /** Where they stand, from the brace on. */
    private int start;

    /** How long they are without the closing brace, 0 for none. */
    private int length;

    LineWriter(ScrapeText out, TextSyntax syntax, boolean underscores) {
        this.out = out;
        this.syntax = syntax;
        this.underscores = underscores;
    }

    void beginFamily() {
        this.written = null;
    }

    /**
     * Begin the first line of a data point.
     * @param name name of the family
     * @param suffix what the name of the series has beside it
     * @param labels labels of the data point
     * @return whether that was possible
     */
    boolean begin(String name, String suffix, Labels labels) {
        boolean possible = beginLabels(name, suffix, labels);
        endLabels();
        return possible;
    }

    /**
     * Begin the first line of a data point up to the value of one more label.
     * @param name name of the family
     * @param suffix what the name of the series has beside it
     * @param labels labels of the data point
     * @param label name of the other label
     * @return whether that was possible
     */
    boolean begin(String name, String suffix, Labels labels, String label) {
        boolean possible = beginLabels(name, suffix, labels);
        this.out.write((this.length > 0) ? ',' : '{');
        this.out.ascii(label);
        this.out.ascii("=\"");
        return possible;
    }

    /**
     * Begin another line of a data point, or its first.
     * @param name name of the family
     * @param suffix what the name of the series has beside it
     * @param labels labels of the data point
     * @return whether that was possible
     */
    @SuppressWarnings("ReferenceEquality") // Equal ones may be written unlike each other.
    boolean again(String name, String suffix, Labels labels) {
        if (this.written != labels) {
            return begin(name, suffix, labels);
        }
        this.out.ascii(name);
        this.out.ascii(suffix);
        this.out.again(this.start, this.length);
        endLabels();
        return true;
    }

    private boolean beginLabels(String name, String suffix, Labels labels) {
        this.out.ascii(name);
        this.out.ascii(suffix);
        this.start = this.out.size();
        boolean possible = write(labels);
        this.length = this.out.size() - this.start;
        this.written = labels;
        return possible;
    }

    private void endLabels() {
        this.out.ascii((this.length > 0) ? "} " : " ");
    }

    private boolean write(Labels labels) {
        for (int i = 0; i < labels.size(); i++) {
            this.out.write((i == 0) ? '{' : ',');
            String name = this.underscores ? labels.getPrometheusName(i) : labels.getName(i);
            if (!PrometheusNaming.isValidLegacyLabelName(name)) {
                return false;
            }
            this.out.ascii(name);
            this.out.ascii("=\"");
            this.out.escaped(labels.getValue(i), true);
            this.out.write('"');
        }
        return true;
    }

    void end(DataPointSnapshot point) {
        writeTimestamp(point);
        this.out.write('\n');
    }

    boolean end(DataPointSnapshot point, @Nullable Exemplar exemplar) {
        writeTimestamp(point);
        boolean possible = exemplar == null || !this.syntax.hasExemplars() || write(exemplar);
        this.out.write('\n');
        return possible;
    }

    private void writeTimestamp(DataPointSnapshot point) {
        if (point.hasScrapeTimestamp()) {
            this.out.write(' ');
            this.syntax.timestamp(this.out, point);
        }
    }

    private boolean write(Exemplar exemplar) {
        this.out.ascii(" # ");
        boolean possible = write(exemplar.getLabels());
        this.out.ascii(exemplar.getLabels().isEmpty() ? "{} " : "} ");
        this.out.number(exemplar.getValue());
        if (exemplar.hasTimestamp()) {
            this.out.write(' ');
            this.out.seconds(exemplar.getTimestampMillis());
        }
        return possible;
    }

}
