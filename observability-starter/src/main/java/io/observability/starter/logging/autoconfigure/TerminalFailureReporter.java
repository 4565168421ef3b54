package io.observability.starter.logging.autoconfigure;

import java.io.PrintWriter;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;
import org.springframework.util.StringUtils;

/**
 * Repeats the reason of a failed start as text for a person who sits at the terminal:
 * Spring Boot logs it, and as a JSON line it has its line ends escaped. Without a
 * terminal nothing is printed: whoever reads standard output reads JSON.
 */
final class TerminalFailureReporter implements FailureAnalysisReporter {

    // The logging system belongs to the process, and says so here when it starts.
    static volatile boolean jsonOnConsole;

    private final Supplier<@Nullable PrintWriter> terminal;

    TerminalFailureReporter() {
        this(Terminal::writer);
    }

    TerminalFailureReporter(Supplier<@Nullable PrintWriter> terminal) {
        this.terminal = terminal;
    }

    @Override
    public void report(FailureAnalysis analysis) {
        PrintWriter writer = jsonOnConsole ? this.terminal.get() : null;
        if (writer == null) {
            return;
        }
        writer.printf("%nAPPLICATION FAILED TO START%n%n%s%n", analysis.getDescription());
        if (StringUtils.hasText(analysis.getAction())) {
            writer.printf("%n%s%n", analysis.getAction());
        }
        writer.flush();
    }

}
