package io.observability.starter.logging.autoconfigure;

import java.io.PrintWriter;
import java.io.StringWriter;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TerminalFailureReporter}.
 */
class TerminalFailureReporterTests {

    private static final FailureAnalysis ANALYSIS = new FailureAnalysis("Port 8080 is taken.", "Use another one.",
            new IllegalStateException());

    private final boolean before = TerminalFailureReporter.jsonOnConsole;

    private final StringWriter printed = new StringWriter();

    private final PrintWriter terminal = new PrintWriter(this.printed);

    @BeforeEach
    void logAsJson() {
        TerminalFailureReporter.jsonOnConsole = true;
    }

    @AfterEach
    void restoreFormat() {
        TerminalFailureReporter.jsonOnConsole = this.before;
    }

    @Test
    void tellsThePersonAtTheTerminal() {
        new TerminalFailureReporter(() -> this.terminal).report(ANALYSIS);
        assertThat(this.printed.toString())
            .isEqualToNormalizingNewlines("\nAPPLICATION FAILED TO START\n\nPort 8080 is taken.\n\nUse another one.\n");
    }

    @Test
    void findsNoTerminalInABuild() {
        new TerminalFailureReporter().report(ANALYSIS);
        new TerminalFailureReporter(() -> null).report(ANALYSIS);
        assertThat(this.printed.toString()).isEmpty();
    }

    @Test
    void isSilentWhereTheLogIsText() {
        TerminalFailureReporter.jsonOnConsole = false;
        new TerminalFailureReporter(() -> this.terminal).report(ANALYSIS);
        assertThat(this.printed.toString()).isEmpty();
    }

    @Test
    void isFoundBySpringBoot() {
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation().load(FailureAnalysisReporter.class))
            .hasAtLeastOneElementOfType(TerminalFailureReporter.class);
    }

}
