package io.observability.starter.metrics;

import java.io.IOException;
import java.util.List;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import org.jspecify.annotations.Nullable;

/**
 * A format of the scrape as it was negotiated: what writes it, and what its content type
 * says.
 *
 * @param writer writes the format
 * @param contentType content type of the answer
 * @param escaping how names outside the classic alphabet are written
 */
record ScrapeFormat(Writer writer, String contentType, EscapingScheme escaping) {

    /** What can be had, in one line for those who asked for something else. */
    static final String AVAILABLE = "text/plain; version=0.0.4, application/openmetrics-text; version=1.0.0, "
            + "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited";

    private static final ScrapeFormat DEFAULT = new ScrapeFormat(Kind.TEXT.writer, Kind.TEXT.contentType,
            EscapingScheme.UNDERSCORE_ESCAPING);

    /**
     * Choose the format by the header {@code Accept}: highest weight first, then the more
     * specific range, then the earlier one, then text before OpenMetrics before protobuf.
     * For each format its most specific range decides, so a weight of 0 excludes it.
     * @param accept the header's value, or {@code null}
     * @return the format, or {@code null} if none is acceptable
     */
    static @Nullable ScrapeFormat negotiate(@Nullable String accept) {
        if (accept == null || accept.isBlank()) {
            return DEFAULT;
        }
        List<MediaRange> ranges = MediaRange.parse(accept);
        Match best = null;
        for (Kind kind : Kind.values()) {
            Match match = Match.of(kind, ranges);
            if (match != null && match.range.quality() > 0 && (best == null || match.isBetterThan(best))) {
                best = match;
            }
        }
        return (best != null) ? best.format() : null;
    }

    /**
     * What writes a format.
     */
    interface Writer {

        void write(ScrapeText out, MetricSnapshots snapshots, EscapingScheme escaping) throws IOException;

    }

    private enum Kind {

        TEXT("text/plain", PrometheusTextFormatWriter.CONTENT_TYPE, TextSyntax.PROMETHEUS,
                PrometheusTextFormatWriter.create()),

        // Exemplars on all types would put them on _count, and Prometheus up to 2.42
        // rejects the whole scrape for one of those.
        OPENMETRICS("application/openmetrics-text", OpenMetricsTextFormatWriter.CONTENT_TYPE, TextSyntax.OPENMETRICS,
                new OpenMetricsTextFormatWriter(false, false)),

        PROTOBUF("application/vnd.google.protobuf", PrometheusProtobufWriter.CONTENT_TYPE, null,
                new PrometheusProtobufWriter());

        private final String mediaType;

        private final String contentType;

        // The writers have no state.
        @SuppressWarnings("ImmutableEnumChecker")
        private final Writer writer;

        private final boolean available;

        Kind(String mediaType, String contentType, @Nullable TextSyntax syntax, ExpositionFormatWriter library) {
            this.mediaType = mediaType;
            this.contentType = contentType;
            this.writer = (syntax != null) ? new SnapshotTextWriter(syntax, library)::write : library::write;
            this.available = library.isAvailable();
        }

        /**
         * How specifically a range names this format.
         * @param range the range
         * @return 0 for any type up to 3, or -1 if the range does not name it
         */
        int specificity(MediaRange range) {
            if (!this.available) {
                return -1;
            }
            if (range.name().equals("*/*")) {
                return 0;
            }
            if (range.name().endsWith("/*")) {
                return this.mediaType.startsWith(range.name().substring(0, range.name().length() - 1)) ? 1 : -1;
            }
            if (!range.name().equals(this.mediaType)) {
                return -1;
            }
            return switch (this) {
                case TEXT -> version(range, "0.0.4", "1.0.0");
                case OPENMETRICS -> version(range, "1.0.0", "1.0.0");
                case PROTOBUF -> delimited(range);
            };
        }

        private static int version(MediaRange range, String one, String other) {
            String version = range.parameter("version");
            if (version == null) {
                return 2;
            }
            return (version.equals(one) || version.equals(other)) ? 3 : -1;
        }

        private static int delimited(MediaRange range) {
            String proto = range.parameter("proto");
            String encoding = range.parameter("encoding");
            boolean ours = (proto == null || proto.equals("io.prometheus.client.MetricFamily"))
                    && (encoding == null || encoding.equals("delimited"));
            return ours ? ((proto != null && encoding != null) ? 3 : 2) : -1;
        }

    }

    private record Match(Kind kind, MediaRange range, int specificity, int position) {

        static @Nullable Match of(Kind kind, List<MediaRange> ranges) {
            Match best = null;
            for (int i = 0; i < ranges.size(); i++) {
                int specificity = kind.specificity(ranges.get(i));
                if (specificity >= 0 && (best == null || specificity > best.specificity
                        || (specificity == best.specificity && ranges.get(i).quality() > best.range.quality()))) {
                    best = new Match(kind, ranges.get(i), specificity, i);
                }
            }
            return best;
        }

        boolean isBetterThan(Match other) {
            if (this.range.quality() != other.range.quality()) {
                return this.range.quality() > other.range.quality();
            }
            // Whether a range names a parameter is no preference, whether it is a
            // wildcard is.
            int named = Math.min(this.specificity, 2);
            int otherNamed = Math.min(other.specificity, 2);
            if (named != otherNamed) {
                return named > otherNamed;
            }
            return this.position < other.position;
        }

        ScrapeFormat format() {
            String contentType = this.kind.contentType;
            if (this.kind == Kind.TEXT && "1.0.0".equals(this.range.parameter("version"))) {
                contentType = contentType.replace("0.0.4", "1.0.0");
            }
            String asked = this.range.parameter("escaping");
            if (asked == null) {
                return new ScrapeFormat(this.kind.writer, contentType, EscapingScheme.UNDERSCORE_ESCAPING);
            }
            EscapingScheme escaping = escaping(asked);
            return new ScrapeFormat(this.kind.writer, contentType + "; escaping=" + escaping.getValue(), escaping);
        }

        private static EscapingScheme escaping(String name) {
            for (EscapingScheme scheme : EscapingScheme.values()) {
                if (scheme.getValue().equals(name)) {
                    return scheme;
                }
            }
            return EscapingScheme.UNDERSCORE_ESCAPING;
        }

    }

}
