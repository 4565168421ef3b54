package io.observability.starter.logging.autoconfigure;

import java.io.PrintStream;
import java.util.function.BooleanSupplier;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.util.StringUtils;

/**
 * Repeats the reason of a failed start as text for a person who sits at the terminal:
 * Spring Boot logs it, and as a JSON line it has its line ends escaped. It goes to the
 * standard error stream, so that standard output stays JSON; without a terminal nothing
 * is printed.
 */
final class TerminalFailureReporter implements FailureAnalysisReporter {

    private final BooleanSupplier terminal;

    private final PrintStream stream;

    TerminalFailureReporter() {
        this(Terminal::isInteractive, System.err);
    }

    TerminalFailureReporter(BooleanSupplier terminal, PrintStream stream) {
        this.terminal = terminal;
        this.stream = stream;
    }

    @Override
    public void report(FailureAnalysis analysis) {
        // Spring Boot sets it as a system property when it starts the logging system.
        String format = System
            .getProperty(LoggingSystemProperty.CONSOLE_STRUCTURED_FORMAT.getEnvironmentVariableName());
        if (!JsonLineFormatter.class.getName().equals(format) || !this.terminal.getAsBoolean()) {
            return;
        }
        StringBuilder text = new StringBuilder("%nAPPLICATION FAILED TO START%n%n".formatted());
        text.append(analysis.getDescription()).append(System.lineSeparator());
        if (StringUtils.hasText(analysis.getAction())) {
            text.append(System.lineSeparator()).append(analysis.getAction()).append(System.lineSeparator());
        }
        this.stream.print(text);
        this.stream.flush();
    }

}
