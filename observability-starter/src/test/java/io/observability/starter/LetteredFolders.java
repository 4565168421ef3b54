package io.observability.starter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Names the temporary folders of tests with letters alone: one time in some thousand the
 * up to 19 digits of a usual name are the number of a payment card, and masked in a line
 * that names the folder.
 */
final class LetteredFolders implements TempDirFactory {

    private static final int LETTERS = 16;

    private final Random random = new Random();

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension) throws IOException {
        String letters = this.random.ints(LETTERS, 'a', 'z' + 1)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
        return Files.createDirectory(Path.of(System.getProperty("java.io.tmpdir"), "junit-" + letters));
    }

}
