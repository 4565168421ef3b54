package io.observability.e2e;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The README's dialogue, command by command, with the packaged jar: what it shows is what
 * a newcomer sees.
 */
class ReadmeE2eTests {

    @Test
    void theDialogueIsTrue() throws Exception {
        Assumptions.assumeTrue(Prometheus.find("curl").isPresent(), "There is no curl on the path");
        Dialogue dialogue = Dialogue.of(Files.readString(Path.of(System.getProperty("readme"))));
        assertThat(dialogue.exchanges()).hasSizeGreaterThanOrEqualTo(5);
        assertThat(dialogue.logLines()).hasSizeGreaterThanOrEqualTo(3);
        try (Shop shop = Shop.startPackaged()) {
            for (Dialogue.Exchange exchange : dialogue.exchanges()) {
                // A cold or busy machine may miss a page's deadline, and counts a request
                // after its answer.
                Awaitility.await(exchange.command())
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThatIsSaid(exchange, shop));
            }
            for (String shown : dialogue.logLines()) {
                Awaitility.await(shown)
                    .untilAsserted(
                            () -> assertThat(shop.process().output()).anyMatch((line) -> Dialogue.same(shown, line)));
            }
            assertThat(shop.process().output()).noneMatch((line) -> line.contains("not registered"));
        }
    }

    private static void assertThatIsSaid(Dialogue.Exchange exchange, Shop shop) throws Exception {
        List<String> real = run(
                exchange.command().replace("localhost:8080", shop.url().getAuthority()).replace("curl ", "curl -sS "));
        for (String shown : exchange.output()) {
            assertThat(real).anyMatch((line) -> Dialogue.same(shown, line));
        }
    }

    private static List<String> run(String command) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return output.lines().toList();
        }
        finally {
            process.destroyForcibly();
        }
    }

}
