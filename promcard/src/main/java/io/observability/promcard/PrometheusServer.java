package io.observability.promcard;

import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The HTTP API of Prometheus, and of whatever speaks it.
 */
final class PrometheusServer {

    // Prometheus' own: how long a series counts after its last sample.
    private static final Duration STALENESS = Duration.ofMinutes(5);

    private final HttpFetcher fetcher;

    private final URI base;

    private final double now;

    private final @Nullable Duration lookback;

    private final Set<String> warnings = new LinkedHashSet<>();

    /**
     * Create a client.
     * @param fetcher asks
     * @param base the URL below which {@code api/v1} is
     * @param now the server's own time, in seconds
     * @param lookback how far back a series counts, or {@code null} for those of now
     */
    PrometheusServer(HttpFetcher fetcher, URI base, double now, @Nullable Duration lookback) {
        this.fetcher = fetcher;
        this.base = base;
        this.now = now;
        this.lookback = lookback;
    }

    /**
     * The names of all metrics.
     * @param budget what they may take
     * @return the names, in no order
     */
    List<String> names(TableBudget budget) throws CouldNotTellException {
        List<String> names = new ArrayList<>();
        ask("label/__name__/values?" + window(), (json) -> json.readArray(() -> {
            String name = json.readString();
            budget.take(100 + 2L * name.length());
            names.add(name);
        }));
        return names;
    }

    /**
     * Read all series of a metric.
     * @param family the metric
     * @param sink takes them
     */
    void series(ServerFamily family, SeriesSink sink) throws CouldNotTellException {
        LabelsReader labels = new LabelsReader(family.name(), sink);
        if (this.lookback != null) {
            ask("series?" + window() + "&match%5B%5D=" + encoded(family.selector()),
                    (json) -> json.readArray(() -> labels.read(json)));
            return;
        }
        ask("query?time=" + seconds(this.now) + "&query=" + encoded(family.selector()),
                (json) -> json.readObject((data) -> {
                    if (data.equals("result") && json.isArray()) {
                        json.readArray(() -> json.readObject((member) -> {
                            if (member.equals("metric")) {
                                labels.read(json);
                            }
                            else {
                                json.skip();
                            }
                        }));
                    }
                    else {
                        json.skip();
                    }
                }));
    }

    /**
     * What the server warned of, such as an answer that is not complete.
     * @return the warnings
     */
    List<String> warnings() {
        return List.copyOf(this.warnings);
    }

    private void ask(String path, PrometheusAnswer.Data data) throws CouldNotTellException {
        URI url = URI.create(this.base + "/api/v1/" + path);
        try (HttpAnswer answer = this.fetcher.get(url, "application/json")) {
            PrometheusAnswer read = new PrometheusAnswer(
                    new JsonReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8)));
            try {
                read.read(data);
            }
            catch (JsonReader.MalformedJsonException ex) {
                throw (answer.status() != 200) ? HttpFailure.of(answer, null) : notJson(answer, ex);
            }
            catch (IOException ex) {
                throw (answer.status() != 200) ? HttpFailure.of(answer, null) : this.fetcher.failed(answer, ex);
            }
            if (answer.status() != 200 || !read.isSuccess()) {
                throw HttpFailure.of(answer, read.error());
            }
            this.warnings.addAll(read.warnings());
        }
    }

    private String window() {
        Duration back = (this.lookback != null) ? this.lookback : STALENESS;
        return "start=" + seconds(this.now - back.toMillis() / 1000.0) + "&end=" + seconds(this.now);
    }

    private static String seconds(double time) {
        return String.format(Locale.ROOT, "%.3f", time);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static CouldNotTellException notJson(HttpAnswer answer, IOException failure) {
        return new CouldNotTellException(
                "What " + answer.url() + " answers is no JSON of Prometheus: " + failure.getMessage());
    }

}
