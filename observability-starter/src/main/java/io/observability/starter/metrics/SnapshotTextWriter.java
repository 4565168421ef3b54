package io.observability.starter.metrics;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/**
 * Writes snapshots as text, byte for byte what the client library's writer makes of them
 * and several times as fast. That writer answers for whatever is out of the ordinary:
 * names that need quotes or escapes, families in several parts, rare types, and types of
 * which nothing is known here. Thread-safe.
 */
final class SnapshotTextWriter {

    private final TextSyntax syntax;

    private final ExpositionFormatWriter library;

    /**
     * Create a writer.
     * @param syntax the format
     * @param library the client library's writer of the same format, without created
     * timestamps and with exemplars on buckets and counters alone
     */
    SnapshotTextWriter(TextSyntax syntax, ExpositionFormatWriter library) {
        this.syntax = syntax;
        this.library = library;
    }

    void write(ScrapeText out, MetricSnapshots snapshots, EscapingScheme escaping) throws IOException {
        if (escaping != EscapingScheme.UNDERSCORE_ESCAPING && escaping != EscapingScheme.ALLOW_UTF8) {
            this.library.write(out, snapshots, escaping);
            return;
        }
        FamilyWriter families = new FamilyWriter(out, this.syntax, escaping == EscapingScheme.UNDERSCORE_ESCAPING);
        int next;
        for (int i = 0; i < snapshots.size(); i = next) {
            next = endOfFamily(snapshots, i);
            int start = out.size();
            if (next > i + 1 || !families.write(snapshots.get(i))) {
                out.truncate(start);
                writeByLibrary(out, snapshots, i, next, escaping);
            }
        }
        out.ascii(this.syntax.end());
    }

    // Snapshots are sorted by name.
    private static int endOfFamily(MetricSnapshots snapshots, int start) {
        String name = snapshots.get(start).getMetadata().getPrometheusName();
        int end = start + 1;
        while (end < snapshots.size() && name.equals(snapshots.get(end).getMetadata().getPrometheusName())) {
            end++;
        }
        return end;
    }

    private void writeByLibrary(ScrapeText out, MetricSnapshots snapshots, int start, int end, EscapingScheme escaping)
            throws IOException {
        List<MetricSnapshot> family = new ArrayList<>(end - start);
        for (int i = start; i < end; i++) {
            family.add(snapshots.get(i));
        }
        this.library.write(out, new MetricSnapshots(family), escaping);
        out.truncate(out.size() - this.syntax.end().length());
    }

}
