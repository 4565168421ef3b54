package io.observability.starter.pipeline.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.observability.starter.pipeline.LedgerEntry;
import io.observability.starter.pipeline.LossReason;
import io.observability.starter.pipeline.PipelineSource;
import io.observability.starter.report.FeatureReport;
import io.observability.starter.report.ReportSource;

import org.springframework.beans.factory.ObjectProvider;

/**
 * What the pipeline ledger says in the start-up report.
 */
final class PipelineReport implements ReportSource {

    private final ObjectProvider<PipelineSource> sources;

    PipelineReport(ObjectProvider<PipelineSource> sources) {
        this.sources = sources;
    }

    @Override
    public FeatureReport report() {
        List<String> paths = new ArrayList<>();
        Map<String, Object> details = new LinkedHashMap<>();
        long lost = 0;
        for (PipelineSource source : this.sources.orderedStream().toList()) {
            for (LedgerEntry entry : source.entries()) {
                String path = entry.signal() + " to " + entry.destination();
                LossReason problem = entry.problem();
                details.put(path, (problem != null) ? problem.id() : "ok");
                paths.add((problem != null) ? path + " fails with " + problem.id() : path);
                lost += entry.lostInAll();
            }
        }
        if (paths.isEmpty()) {
            return FeatureReport.on("pipeline", "nothing keeps account here", details);
        }
        return FeatureReport.on("pipeline", String.join(", ", paths) + "; lost so far " + lost, details);
    }

}
