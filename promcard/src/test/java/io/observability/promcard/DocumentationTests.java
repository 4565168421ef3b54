package io.observability.promcard;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DocumentationTests {

    @Test
    void showsTheHelpAsItIs() throws Exception {
        Run help = Run.of("--help");
        assertThat(help.code()).isZero();
        assertThat(Files.readString(Path.of("../src/docs/promcard.md"))).contains(help.out());
    }

    @Test
    void theHelpFitsATerminal() {
        assertThat(Run.of("--help").out().lines()).allMatch((line) -> line.length() <= 100);
    }

}
