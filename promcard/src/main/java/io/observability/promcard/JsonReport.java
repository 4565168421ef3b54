package io.observability.promcard;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Findings for a program: one object on one line. Members are added to it, and never
 * renamed or removed, as long as {@code version} is the same.
 */
final class JsonReport {

    private static final int VERSION = 1;

    private final PrintWriter out;

    JsonReport(PrintWriter out) {
        this.out = out;
    }

    void write(Findings findings, int most) {
        Question question = findings.question();
        Duration lookback = question.lookback();
        StringBuilder json = begin(question.url().toString());
        json.append(",\"source\":").append(JsonText.quoted(findings.source().name().toLowerCase(Locale.ROOT)));
        json.append(",\"lookbackSeconds\":").append((lookback != null) ? lookback.toSeconds() : null);
        json.append(",\"threshold\":").append(question.threshold());
        json.append(",\"series\":").append(findings.series());
        json.append(",\"metrics\":").append(findings.metrics());
        json.append(",\"over\":").append(findings.offenders().size());
        json.append(",\"labels\":").append(labels(findings, most));
        json.append(",\"rules\":").append(rules(findings));
        json.append(",\"warnings\":").append(texts(findings.warnings()));
        this.out.println(json.append('}'));
    }

    void writeFailure(@Nullable String url, String message) {
        this.out.println(begin(url).append(",\"error\":").append(JsonText.quoted(message)).append('}'));
    }

    private static StringBuilder begin(@Nullable String url) {
        return new StringBuilder("{\"version\":").append(VERSION)
            .append(",\"url\":")
            .append((url != null) ? JsonText.quoted(url) : null);
    }

    private static String labels(Findings findings, int most) {
        return findings.top(most)
            .stream()
            .map((label) -> "{\"metric\":%s,\"label\":%s,\"values\":%d,\"series\":%d,\"seriesWithout\":%d,\"share\":%s,\"over\":%s,\"examples\":%s}"
                .formatted(JsonText.quoted(label.metric()), JsonText.quoted(label.label()), label.values(),
                        label.series(), label.seriesWithout(),
                        String.format(Locale.ROOT, "%.4f", findings.share(label)), findings.isOver(label),
                        texts(label.examples())))
            .collect(Collectors.joining(",", "[", "]"));
    }

    private static String rules(Findings findings) {
        return findings.offenders()
            .stream()
            .map((label) -> GuardRule.of(label, findings.question().threshold()))
            .map((rule) -> "{\"meter\":%s,\"tag\":%s,\"limit\":%d,\"action\":\"%s\"}"
                .formatted(JsonText.quoted(rule.meter()), JsonText.quoted(rule.tag()), rule.limit(), GuardRule.ACTION))
            .collect(Collectors.joining(",", "[", "]"));
    }

    private static String texts(List<String> texts) {
        return texts.stream().map(JsonText::quoted).collect(Collectors.joining(",", "[", "]"));
    }

}
