package io.observability.e2e;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rule files do in a real Prometheus what they say.
 */
class RulesE2eTests {

    private static final Path RULES = Path.of(System.getProperty("readme")).resolveSibling("grafana-dashboards/rules");

    @ParameterizedTest
    @ValueSource(strings = { "names-micrometer.yml", "names-otel.yml" })
    void everyFileIsValid(String file) throws Exception {
        promtool("check", "rules", RULES.resolve(file).toString());
    }

    @Test
    void conventionalNamesAreFoundUnderTheOthers() throws Exception {
        promtool("test", "rules", RULES.resolve("tests/names.yml").toString());
    }

    private static void promtool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(Prometheus.installed("promtool").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(said).isZero();
        }
        finally {
            process.destroyForcibly();
        }
    }

}
