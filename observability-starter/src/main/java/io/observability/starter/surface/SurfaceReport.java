package io.observability.starter.surface;

import java.util.List;
import java.util.Map;

import io.observability.starter.report.FeatureReport;
import io.observability.starter.report.ReportSource;

/**
 * Says which paths the starter answers, on which port, and which of them the application
 * has taken over.
 *
 * @since 0.1.0
 */
public final class SurfaceReport implements ReportSource {

    private final Surface surface;

    private final String webStack;

    private final boolean ownManagementPort;

    /**
     * Create a source.
     * @param surface the paths
     * @param webStack the web stack that serves them, as people call it
     * @param ownManagementPort whether metrics are on a management port of their own
     */
    public SurfaceReport(Surface surface, String webStack, boolean ownManagementPort) {
        this.surface = surface;
        this.webStack = webStack;
        this.ownManagementPort = ownManagementPort;
    }

    @Override
    public FeatureReport report() {
        List<String> probes = this.surface.paths(Audience.PROBE);
        List<String> scrapes = this.surface.paths(Audience.SCRAPER);
        List<String> takenOver = this.surface.takenOver().stream().sorted().toList();
        StringBuilder summary = new StringBuilder(this.webStack).append(':');
        append(summary, probes, " on both ports");
        append(summary, scrapes, " on the management port");
        Map<String, Object> details = Map.of("webStack", this.webStack, "probes", probes, "scrapes", scrapes,
                "takenOverByTheApplication", takenOver);
        if (takenOver.isEmpty()) {
            return FeatureReport.on("surface", summary.toString(), details);
        }
        return new FeatureReport("surface", FeatureReport.State.STEPPED_BACK,
                summary + "; the application answers " + String.join(" ", takenOver) + " itself", details, List.of());
    }

    private void append(StringBuilder summary, List<String> paths, String where) {
        if (!paths.isEmpty()) {
            summary.append((summary.charAt(summary.length() - 1) == ':') ? " " : ", ").append(String.join(" ", paths));
            summary.append(this.ownManagementPort ? where : "");
        }
    }

}
