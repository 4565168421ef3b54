package io.observability.starter.logging.autoconfigure;

import java.io.Console;

/**
 * Whether a person sits at the other end of the standard streams.
 */
final class Terminal {

    private Terminal() {
    }

    @SuppressWarnings("SystemConsoleNull") // Asked in two steps, for both sides of Java
                                           // 22.
    static boolean isInteractive() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // From Java 22 on there is a console without a terminal too.
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        }
        catch (ReflectiveOperationException ex) {
            return true;
        }
    }

}
