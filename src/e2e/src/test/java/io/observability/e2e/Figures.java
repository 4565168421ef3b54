package io.observability.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What the tests measured, in {@code target/figures.txt}.
 */
final class Figures {

    private static final Path FILE = Path.of("target", "figures.txt");

    private Figures() {
    }

    static void add(String format, Object... values) throws IOException {
        Files.createDirectories(FILE.getParent());
        Files.writeString(FILE, format.formatted(values) + System.lineSeparator(), StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

}
