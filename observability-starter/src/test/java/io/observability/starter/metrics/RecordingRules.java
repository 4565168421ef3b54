package io.observability.starter.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Writes the recording rules that show metrics with conventional names under the names of
 * another dialect.
 */
final class RecordingRules {

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    // Labels that mean the same.
    private static final List<List<String>> SAME = List.of(List.of("method", "http_request_method"),
            List.of("route", "uri", "http_route", "url_template"),
            List.of("code", "status", "http_response_status_code"), List.of("host", "client_name", "server_address"),
            List.of("area", "jvm_memory_type"), List.of("state", "jvm_thread_state"), List.of("gc", "jvm_gc_name"),
            List.of("action", "jvm_gc_action"), List.of("cause", "jvm_gc_cause"),
            List.of("pool", "db_client_connection_pool_name"), List.of("version", "service_version"),
            List.of("commit", "vcs_ref_head_revision"));

    private RecordingRules() {
    }

    /**
     * All rules of a dialect.
     * @param naming the dialect
     * @return a rule file of Prometheus
     */
    static String of(MetricNaming naming) {
        String dialect = naming.name().toLowerCase(Locale.ROOT);
        StringBuilder rules = new StringBuilder(
                """
                        # Shows the metrics of services with conventional names under the names of the dialect '%s', for dashboards
                        # that were made for these. Generated: see src/docs/metric-names.md.
                        groups:
                          - name: observability-names-%s
                            rules:
                        """
                    .formatted(dialect, dialect));
        for (MetricName name : MetricName.values()) {
            MetricForm from = Objects.requireNonNull(name.in(MetricNaming.CONVENTIONAL));
            MetricForm to = name.in(naming);
            if (to != null && !to.family().equals(from.family())) {
                for (String part : parts(name.type())) {
                    rules.append("      - record: ").append(to.family()).append(part).append('\n');
                    rules.append("        expr: ").append(expression(from, to, part)).append('\n');
                    labels(rules, to.constants());
                }
            }
        }
        return rules.toString();
    }

    private static void labels(StringBuilder rules, Map<String, String> constants) {
        if (!constants.isEmpty()) {
            rules.append("        labels:\n");
            constants.forEach((label, value) -> rules.append("          ")
                .append(label.replace('.', '_'))
                .append(": ")
                .append(value)
                .append('\n'));
        }
    }

    private static List<String> parts(MetricName.Type type) {
        return switch (type) {
            case HISTOGRAM -> List.of("_bucket", "_count", "_sum");
            case SUMMARY -> List.of("_count", "_sum");
            case COUNTER, GAUGE, INFO -> List.of("");
        };
    }

    private static String expression(MetricForm from, MetricForm to, String part) {
        String expression = from.family() + part;
        Map<String, String> renamed = renamed(from, to);
        for (Map.Entry<String, String> label : renamed.entrySet()) {
            expression = "label_replace(" + expression + ", '" + label.getValue() + "', '$1', '" + label.getKey()
                    + "', '(.*)')";
        }
        if (!renamed.isEmpty()) {
            expression = "sum without (" + String.join(", ", renamed.keySet()) + ") (" + expression + ")";
        }
        return "ns".equals(to.unit()) ? expression + " * " + NANOS_PER_SECOND : expression;
    }

    private static Map<String, String> renamed(MetricForm from, MetricForm to) {
        Map<String, String> renamed = new LinkedHashMap<>();
        for (String label : from.labelNames()) {
            List<String> same = new ArrayList<>(to.labelNames());
            SAME.stream().filter((labels) -> labels.contains(label)).findFirst().ifPresent(same::retainAll);
            if (!to.labelNames().contains(label) && same.size() == 1) {
                renamed.put(label, same.get(0));
            }
        }
        return renamed;
    }

}
