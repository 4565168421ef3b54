package io.observability.starter.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The start-up report: the features' own reports, in the order of their names.
 *
 * @since 0.1.0
 */
public final class StartupReport {

    private final List<ReportSource> sources;

    /**
     * Create a report.
     * @param sources the features
     */
    public StartupReport(List<ReportSource> sources) {
        this.sources = List.copyOf(sources);
    }

    /**
     * Ask each feature.
     * @return the reports in the order of the features' names
     */
    public List<FeatureReport> features() {
        List<FeatureReport> reports = new ArrayList<>();
        for (ReportSource source : this.sources) {
            reports.add(report(source));
        }
        reports.sort(Comparator.comparing(FeatureReport::feature));
        return reports;
    }

    /**
     * The report as one line of text.
     * @return the line, without a line end
     */
    public String line() {
        StringBuilder line = new StringBuilder("Observability:");
        for (FeatureReport report : features()) {
            line.append(' ').append(report.feature()).append(' ');
            line.append(report.state().name().toLowerCase(Locale.ROOT).replace('_', ' '));
            line.append(" (").append(report.summary());
            for (String missing : report.missing()) {
                line.append("; missing: ").append(missing);
            }
            line.append(");");
        }
        if (line.charAt(line.length() - 1) == ':') {
            return line.append(" nothing is on").toString();
        }
        line.setLength(line.length() - 1);
        return line.toString();
    }

    private static FeatureReport report(ReportSource source) {
        try {
            return source.report();
        }
        catch (RuntimeException ex) {
            // A report must neither stop the start nor hide the other features.
            return new FeatureReport("unknown", FeatureReport.State.ON, "failed to report: " + ex, Map.of(), List.of());
        }
    }

}
