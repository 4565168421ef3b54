package io.observability.promcard;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Findings for a person.
 */
final class TableReport {

    private static final int MAX_NAME = 60;

    private static final int MAX_EXAMPLE = 40;

    private static final List<String> TITLES = List.of("METRIC", "LABEL", "VALUES", "SERIES", "WITHOUT", "SHARE",
            "EXAMPLES");

    // Numbers stand to the right.
    private static final int FIRST_NUMBER = 2;

    private static final int LAST_NUMBER = 5;

    private final PrintWriter out;

    TableReport(PrintWriter out) {
        this.out = out;
    }

    void write(Findings findings, int most) {
        List<LabelCost> labels = findings.top(most);
        List<List<String>> rows = new ArrayList<>();
        rows.add(TITLES);
        labels.forEach((label) -> rows.add(row(findings, label)));
        this.out.println(heading(findings));
        if (!labels.isEmpty()) {
            this.out.println();
            int[] widths = widths(rows);
            for (int i = 0; i < rows.size(); i++) {
                boolean over = i > 0 && findings.isOver(labels.get(i - 1));
                this.out.println((over ? "! " : "  ") + line(rows.get(i), widths));
            }
            int hidden = findings.labels().size() - labels.size();
            if (hidden > 0) {
                this.out.println("  and " + TerminalText.number(hidden) + " more, which cost less (--top)");
            }
        }
        this.out.println();
        this.out.println(verdict(findings));
    }

    static String heading(Findings findings) {
        Duration lookback = findings.question().lookback();
        return "%s: %s series of %s metrics%s".formatted(findings.question().url(),
                TerminalText.number(findings.series()), TerminalText.number(findings.metrics()),
                (lookback != null) ? " within " + Durations.text(lookback) : "");
    }

    static String verdict(Findings findings) {
        int over = findings.offenders().size();
        String threshold = TerminalText.number(findings.question().threshold());
        return switch (over) {
            case 0 -> "No label has more than " + threshold + " values.";
            case 1 -> "1 label has more than " + threshold + " values.";
            default -> TerminalText.number(over) + " labels have more than " + threshold + " values.";
        };
    }

    static String share(Findings findings, LabelCost label) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * findings.share(label));
    }

    static String examples(LabelCost label) {
        return label.examples()
            .stream()
            .map((value) -> TerminalText.of(value, MAX_EXAMPLE))
            .collect(Collectors.joining(", ")) + ((label.values() > label.examples().size()) ? ", ..." : "");
    }

    private static List<String> row(Findings findings, LabelCost label) {
        return List.of(TerminalText.of(label.metric(), MAX_NAME), TerminalText.of(label.label(), MAX_NAME),
                TerminalText.number(label.values()), TerminalText.number(label.series()),
                TerminalText.number(label.seriesWithout()), share(findings, label), examples(label));
    }

    private static int[] widths(List<List<String>> rows) {
        int[] widths = new int[TITLES.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return widths;
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = row.get(i);
            String space = " ".repeat(widths[i] - cell.length());
            line.append((i >= FIRST_NUMBER && i <= LAST_NUMBER) ? space + cell : cell + space).append("  ");
        }
        return line.toString().stripTrailing();
    }

}
