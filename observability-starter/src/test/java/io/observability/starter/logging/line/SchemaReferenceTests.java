package io.observability.starter.logging.line;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

import ch.qos.logback.classic.Level;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps the table of names in the documentation equal to the one in the code. Run with
 * {@code -Ddocs.update=true} to write it again.
 */
class SchemaReferenceTests {

    private static final Path PAGE = Path.of("../src/docs/log-schemas.md");

    private static final String BEGIN = "<!-- generated from LineField: begin -->\n";

    private static final String END = "<!-- generated from LineField: end -->";

    @Test
    void pageHasTheNamesOfTheCode() throws IOException {
        String page = Files.readString(PAGE, StandardCharsets.UTF_8);
        String wanted = page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + table()
                + page.substring(page.indexOf(END));
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(PAGE, wanted, StandardCharsets.UTF_8);
        }
        assertThat(Files.readString(PAGE, StandardCharsets.UTF_8))
            .as("src/docs/log-schemas.md is stale: run mvn -pl "
                    + "observability-starter test -Dtest=SchemaReferenceTests -Ddocs.update=true")
            .isEqualTo(wanted);
    }

    private static String table() {
        StringBuilder text = new StringBuilder("| member |");
        LineSchema.known().forEach((schema) -> text.append(" `").append(schema.id()).append("` |"));
        text.append("\n|---|").append("---|".repeat(LineSchema.known().size())).append('\n');
        for (LineField field : LineField.values()) {
            text.append("| ").append(field.name().toLowerCase(Locale.ROOT).replace('_', '-')).append(" |");
            for (LineSchema schema : LineSchema.known()) {
                text.append(cell(schema.path(field)));
            }
            text.append('\n');
        }
        text.append("| fields of the caller |");
        LineSchema.known().forEach((schema) -> text.append(cell(Objects.requireNonNullElse(schema.fieldsIn(), ""))));
        text.append("\n| WARN is |");
        LineSchema.known()
            .forEach((schema) -> text
                .append(cell(schema.shape().level().name(Level.WARN) + ((schema.path(LineField.LEVEL_VALUE) != null)
                        ? ", " + schema.shape().level().number(Level.WARN) : ""))));
        return text.append('\n').toString();
    }

    private static String cell(String name) {
        if (name == null) {
            return " |";
        }
        return name.isEmpty() ? " beside the others |" : " `" + name.replace(">", "` &gt; `") + "` |";
    }

}
