package io.observability.starter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps the configuration reference equal to the metadata that IDEs read. Run with
 * {@code -Ddocs.update=true} to write it again.
 */
class ConfigurationReferenceTests {

    private static final Path METADATA = Path.of("target/classes/META-INF/spring-configuration-metadata.json");

    private static final Path REFERENCE = Path.of("../src/docs/configuration.md");

    @Test
    void referenceIsWhatTheMetadataSays() throws IOException {
        String reference = render(properties());
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(REFERENCE, reference, StandardCharsets.UTF_8);
        }
        assertThat(Files.readString(REFERENCE, StandardCharsets.UTF_8))
            .as("src/docs/configuration.md is stale: run mvn -pl observability-starter test "
                    + "-Dtest=ConfigurationReferenceTests -Ddocs.update=true")
            .isEqualTo(reference);
    }

    @Test
    void descriptionsFollowTheHouseStyle() throws IOException {
        assertThat(properties()).isNotEmpty().allSatisfy((property) -> {
            String description = property.path("description").asString("");
            assertThat(description).as(property.path("name").asString(""))
                .isNotEmpty()
                .doesNotStartWith("The ")
                .doesNotStartWith("A ")
                .doesNotContainIgnoringCase("default");
            if (property.path("type").asString("").equals("java.lang.Boolean")) {
                assertThat(description).as(property.path("name").asString("")).startsWith("Whether ");
            }
        });
    }

    private static List<JsonNode> properties() throws IOException {
        JsonNode metadata = JsonMapper.shared().readTree(Files.readString(METADATA, StandardCharsets.UTF_8));
        List<JsonNode> properties = new ArrayList<>();
        metadata.path("properties").forEach((property) -> {
            if (property.path("name").asString("").startsWith("observability.")) {
                properties.add(property);
            }
        });
        properties.sort(Comparator.comparing((property) -> property.path("name").asString("")));
        return properties;
    }

    private static String render(List<JsonNode> properties) {
        StringBuilder text = new StringBuilder("""
                # Configuration reference

                Generated from the metadata that IDEs read; every property may be set in `application.yml`, by an
                environment variable or on the command line. A wrong value stops the start with a message that names
                the property, the value and what is allowed.

                | property | type | default | what it is |
                |---|---|---|---|
                """);
        for (JsonNode property : properties) {
            JsonNode value = property.path("defaultValue");
            text.append("| `%s` | %s | %s | %s |%n".formatted(property.path("name").asString(""),
                    type(property.path("type").asString("")), value.isMissingNode() ? "" : "`" + plain(value) + "`",
                    property.path("description").asString("").replace("|", "\\|").replace('\n', ' ')));
        }
        return text.toString();
    }

    private static String type(String name) {
        return name.replaceAll("[a-z]+\\.(?:[a-zA-Z]+\\.)*", "").replaceAll("\\w+\\$", "").replace("|", "\\|");
    }

    private static String plain(JsonNode value) {
        if (value.isArray()) {
            List<String> items = new ArrayList<>();
            value.forEach((item) -> items.add(item.asString("")));
            return String.join(", ", items);
        }
        return value.asString("");
    }

}
