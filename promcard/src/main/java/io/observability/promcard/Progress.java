package io.observability.promcard;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * A line on a terminal that says how far it is, and is gone in the end. Anywhere else
 * nothing.
 */
final class Progress {

    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private static final long PAUSE = 200_000_000;

    private final @Nullable PrintWriter terminal;

    private final LongSupplier nanoTime;

    private long shownAt;

    private boolean shown;

    /**
     * Create a progress line.
     * @param terminal the terminal, or {@code null}
     * @param nanoTime the time
     */
    Progress(@Nullable PrintWriter terminal, LongSupplier nanoTime) {
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.shownAt = nanoTime.getAsLong();
    }

    /**
     * Whether standard error is a terminal.
     * @return whether somebody sees it
     */
    @SuppressWarnings("SystemConsoleNull") // Asked in two steps, for both sides of Java
                                           // 22.
    static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(STANDARD_ERROR).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        }
        catch (IOException | UnsupportedOperationException ex) {
            // Not on Linux; Java only knows of its streams together.
            Console console = System.console();
            return console != null && isTerminal(console);
        }
    }

    private static boolean isTerminal(Console console) {
        try {
            // From Java 22 on there is a console without a terminal too.
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        }
        catch (ReflectiveOperationException ex) {
            return true;
        }
    }

    /**
     * Say how far it is, not more than five times a second.
     * @param metrics metrics that were read
     * @param of how many there are, or 0 if nobody knows
     * @param series series that were read
     */
    void show(int metrics, int of, int series) {
        if (this.terminal == null) {
            return;
        }
        long now = this.nanoTime.getAsLong();
        if (now - this.shownAt < PAUSE) {
            return;
        }
        this.shownAt = now;
        this.shown = true;
        this.terminal
            .print("\rpromcard: %s series of %s metrics\u001b[K".formatted(TerminalText.number(series), (of > 0)
                    ? TerminalText.number(metrics) + " of " + TerminalText.number(of) : TerminalText.number(metrics)));
        this.terminal.flush();
    }

    void clear() {
        if (this.terminal != null && this.shown) {
            this.terminal.print("\r\u001b[K");
            this.terminal.flush();
        }
    }

}
