package io.observability.promcard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Asks whatever the URL is for its series, and counts them.
 */
final class Survey {

    // These name the target, and are Prometheus', not the service's.
    private static final Predicate<String> TARGET_LABEL = (label) -> label.equals("job") || label.equals("instance");

    private final HttpFetcher fetcher;

    private final Question question;

    private final Progress progress;

    private final TableBudget budget;

    private final List<LabelCost> costs = new ArrayList<>();

    private int series;

    private int metrics;

    Survey(HttpFetcher fetcher, Question question, Progress progress, TableBudget budget) {
        this.fetcher = fetcher;
        this.question = question;
        this.progress = progress;
        this.budget = budget;
    }

    /**
     * Ask.
     * @return what was found
     * @throws CouldNotTellException if there is no answer
     */
    Findings run() throws CouldNotTellException {
        SourceProbe probe = new SourceProbe(this.fetcher, this.question);
        try (HttpAnswer page = probe.page()) {
            if (probe.isPage(page)) {
                if (this.question.lookback() != null) {
                    throw new CouldNotTellException(this.question.url()
                            + " is a live page of metrics, which knows nothing but now: --lookback wants the URL of a Prometheus server");
                }
                readPage(page);
                return findings(Findings.Source.METRICS, List.of());
            }
            PrometheusServer server = probe.server(page);
            readServer(server);
            return findings(Findings.Source.PROMETHEUS, server.warnings());
        }
        finally {
            this.progress.clear();
        }
    }

    private void readPage(HttpAnswer page) throws CouldNotTellException {
        Map<String, FamilyTally> families = new HashMap<>();
        try {
            new MetricsPage(this.budget).read(page, (family, name, labelNames, labelValues) -> {
                if (!isWanted(family, name)) {
                    return;
                }
                FamilyTally tally = families.get(family);
                if (tally == null) {
                    tally = new FamilyTally(family, this.question.label(), this.budget);
                    families.put(family, tally);
                }
                tally.add(name, labelNames, labelValues);
                this.progress.show(families.size(), 0, ++this.series);
            });
        }
        catch (IOException ex) {
            throw this.fetcher.failed(page, ex);
        }
        this.series = 0;
        families.values().forEach(this::count);
    }

    // One metric after the other, so that memory holds the tables of one.
    private void readServer(PrometheusServer server) throws CouldNotTellException {
        List<ServerFamily> families = ServerFamily.of(server.names(this.budget))
            .stream()
            .filter((family) -> family.members().stream().anyMatch((name) -> isWanted(family.name(), name)))
            .toList();
        Predicate<String> judged = this.question.label().and(TARGET_LABEL.negate());
        for (ServerFamily family : families) {
            FamilyTally tally = new FamilyTally(family.name(), judged, this.budget);
            server.series(family, (metric, name, labelNames, labelValues) -> {
                tally.add(name, labelNames, labelValues);
                this.progress.show(this.metrics, families.size(), this.series + tally.series());
            });
            if (tally.series() > 0) {
                count(tally);
            }
            tally.free();
        }
    }

    private boolean isWanted(String family, String name) {
        return this.question.metric().test(family) || this.question.metric().test(name);
    }

    private void count(FamilyTally tally) {
        this.metrics++;
        this.series += tally.series();
        for (LabelCost cost : tally.costs()) {
            if (cost.values() > 1) {
                this.costs.add(cost);
            }
        }
    }

    private Findings findings(Findings.Source source, List<String> warnings) throws CouldNotTellException {
        if (this.series == 0) {
            throw new CouldNotTellException(
                    this.question.url() + " has no series whose metric matches '" + this.question.metric() + "'");
        }
        List<LabelCost> sorted = this.costs.stream().sorted(LabelCost.MOST_FIRST).toList();
        return new Findings(this.question, source, this.series, this.metrics, sorted, warnings);
    }

}
