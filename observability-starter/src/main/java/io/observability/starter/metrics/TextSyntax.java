package io.observability.starter.metrics;

import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.Unit;

/**
 * What the two text formats do not write alike.
 */
enum TextSyntax {

    /** Prometheus text 0.0.4. */
    PROMETHEUS("", "untyped", "gauge") {

        @Override
        void metadata(ScrapeText out, String name, String suffix, String type, MetricMetadata metadata) {
            String help = metadata.getHelp();
            if (help != null && !help.isEmpty()) {
                comment(out, "# HELP ", name, suffix);
                out.escaped(help, false);
                out.write('\n');
            }
            comment(out, "# TYPE ", name, suffix);
            out.ascii(type);
            out.write('\n');
        }

        @Override
        void timestamp(ScrapeText out, DataPointSnapshot point) {
            out.number(point.getScrapeTimestampMillis());
        }

        @Override
        boolean isComplete(boolean count, boolean sum) {
            return true;
        }

        @Override
        boolean hasExemplars() {
            return false;
        }

    },

    /** OpenMetrics 1.0. */
    OPENMETRICS("# EOF\n", "unknown", "info") {

        @Override
        void metadata(ScrapeText out, String name, String suffix, String type, MetricMetadata metadata) {
            comment(out, "# TYPE ", name, "");
            out.ascii(type);
            out.write('\n');
            Unit unit = metadata.getUnit();
            if (unit != null) {
                comment(out, "# UNIT ", name, "");
                out.escaped(unit.toString(), true);
                out.write('\n');
            }
            String help = metadata.getHelp();
            if (help != null && !help.isEmpty()) {
                comment(out, "# HELP ", name, "");
                out.escaped(help, true);
                out.write('\n');
            }
        }

        @Override
        void timestamp(ScrapeText out, DataPointSnapshot point) {
            out.seconds(point.getScrapeTimestampMillis());
        }

        @Override
        boolean isComplete(boolean count, boolean sum) {
            return count && sum;
        }

        @Override
        boolean hasExemplars() {
            return true;
        }

    };

    private final String end;

    private final String unknown;

    private final String info;

    TextSyntax(String end, String unknown, String info) {
        this.end = end;
        this.unknown = unknown;
        this.info = info;
    }

    /**
     * What a body ends with.
     * @return the text
     */
    String end() {
        return this.end;
    }

    String unknown() {
        return this.unknown;
    }

    String info() {
        return this.info;
    }

    abstract void metadata(ScrapeText out, String name, String suffix, String type, MetricMetadata metadata);

    abstract void timestamp(ScrapeText out, DataPointSnapshot point);

    /**
     * Whether count and sum of a histogram are shown.
     * @param count whether there is a count
     * @param sum whether there is a sum
     * @return whether those that there are, are shown
     */
    abstract boolean isComplete(boolean count, boolean sum);

    abstract boolean hasExemplars();

    private static void comment(ScrapeText out, String kind, String name, String suffix) {
        out.ascii(kind);
        out.ascii(name);
        out.ascii(suffix);
        out.write(' ');
    }

}
