package io.observability.starter.logging.autoconfigure;

import java.io.Console;
import java.io.PrintWriter;

import org.jspecify.annotations.Nullable;

/**
 * The terminal, if a person sits at the other end of the standard streams.
 */
final class Terminal {

    private Terminal() {
    }

    static boolean isInteractive() {
        return writer() != null;
    }

    @SuppressWarnings("SystemConsoleNull") // Asked in two steps, for both sides of Java
                                           // 22.
    static @Nullable PrintWriter writer() {
        Console console = System.console();
        return (console != null && isTerminal(console)) ? console.writer() : null;
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

}
