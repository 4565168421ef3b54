package io.observability.promcard;

import java.io.PrintWriter;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Findings as a piece of a service's {@code application.yml}: the rules that bound each
 * label over the threshold, and what was found as comments.
 */
final class SuggestionReport {

    // What YAML can't take for anything but a text.
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*");

    private static final Pattern WORD = Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n");

    private final PrintWriter out;

    SuggestionReport(PrintWriter out) {
        this.out = out;
    }

    void write(Findings findings) {
        List<LabelCost> offenders = findings.offenders();
        this.out.println("# " + TableReport.heading(findings));
        this.out.println("# " + TableReport.verdict(findings));
        if (offenders.isEmpty()) {
            return;
        }
        this.out.println("observability:");
        this.out.println("  metrics:");
        this.out.println("    cardinality:");
        this.out.println("      rules:");
        for (LabelCost label : offenders) {
            GuardRule rule = GuardRule.of(label, findings.question().threshold());
            this.out.println("        # %s{%s}: %s values, %s series (%s of all), %s without; such as %s".formatted(
                    TerminalText.of(label.metric(), 200), TerminalText.of(label.label(), 200),
                    TerminalText.number(label.values()), TerminalText.number(label.series()),
                    TableReport.share(findings, label), TerminalText.number(label.seriesWithout()),
                    TableReport.examples(label)));
            this.out.println("        - meter: " + scalar(rule.meter()));
            this.out.println("          tag: " + scalar(rule.tag()));
            this.out.println("          limit: " + rule.limit());
            this.out.println("          action: " + GuardRule.ACTION);
        }
    }

    private static String scalar(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !WORD.matcher(text).matches();
        return plain ? text : JsonText.quoted(text);
    }

}
