package io.observability.e2e;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A million hostile requests against the packaged shop, with the starter and as plain
 * Spring Boot, for the table in the documentation. Measures and asserts nothing, so it is
 * no test of the build: run it by its name, with <pre>
 * mvn -pl src/e2e -am verify -Dit.test='CardinalityAttack' -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false
 * </pre> The figures are in {@code src/e2e/target/figures.txt}.
 */
class CardinalityAttack {

    private static final int[] CHECKPOINTS = { 1_000, 10_000, 100_000, 250_000, 500_000, 1_000_000 };

    private static final int REQUESTS = Integer.getInteger("attack.requests", 1_000_000);

    private static final int BEGINNING = 25_000;

    private static final String HEAP = "-Xmx512m -XX:TieredStopAtLevel=4";

    @TempDir
    Path directory;

    @Test
    void withTheStarter() throws Exception {
        try (LoggedShop shop = start("--logging.level.io.observability.sample=INFO")) {
            attack("starter", shop, "/metrics");
        }
    }

    @Test
    void plainSpringBoot() throws Exception {
        try (LoggedShop shop = start("--observability.enabled=false",
                "--management.endpoints.web.exposure.include=health,failures,prometheus",
                "--logging.level.io.observability.sample=INFO")) {
            attack("plain", shop, "/actuator/prometheus");
        }
    }

    // The JDK remembers each name of a resource that was looked for, as long as there is
    // memory: that is not what is measured.
    private LoggedShop start(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--spring.web.resources.static-locations=file:///nowhere/");
        return LoggedShop.start(this.directory, Redirect.DISCARD, HEAP, all.toArray(String[]::new));
    }

    private static void attack(String name, LoggedShop shop, String scrape) throws Exception {
        try (HostileCrowd crowd = new HostileCrowd(shop.url(), 1)) {
            int sent = 0;
            for (int checkpoint : CHECKPOINTS) {
                if (checkpoint > REQUESTS) {
                    break;
                }
                while (sent < checkpoint) {
                    // A failure on demand lasts ten minutes, so it is begun again.
                    shop.begin("label-leak", "{\"duration\":\"10m\"}");
                    int next = Math.min(BEGINNING, checkpoint - sent);
                    crowd.send(next);
                    sent += next;
                }
                tell(name, sent, shop, scrape);
            }
        }
        catch (IOException ex) {
            Figures.add("attack, %s: ended with %s", name, ex.getMessage());
        }
    }

    private static void tell(String name, int sent, LoggedShop shop, String path) throws Exception {
        long start = System.nanoTime();
        ScrapedSeries scrape = ScrapedSeries.of(shop.get(path));
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        Figures.add(
                "attack, %s: after %d requests %d series, %d bytes in %d ms, %d MB of heap live; visits %d, of them _other %d, overflow %d, regulars %s",
                name, sent, scrape.count(), scrape.bytes(), millis, live(shop.pid()) / 1_000_000,
                scrape.sum("shop_visitors_total"), scrape.sum("shop_visitors_total", "visitor=\"_other\""),
                scrape.sum("observability_cardinality_overflow_total", "meter=\"shop.visitors\"", "tag=\"visitor\""),
                Arrays.toString(regulars(scrape)));
    }

    private static long[] regulars(ScrapedSeries scrape) {
        long[] visits = new long[HostileCrowd.REGULARS];
        for (int regular = 0; regular < visits.length; regular++) {
            visits[regular] = scrape.sum("shop_visitors_total", "visitor=\"regular-" + regular + "\"");
        }
        return visits;
    }

    // A class histogram counts what a full collection leaves.
    private static long live(long pid) throws Exception {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Path output = Files.createTempFile("histogram", ".txt");
        try {
            new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram").redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
            List<String> lines = new ArrayList<>(Files.readAllLines(output, StandardCharsets.UTF_8));
            lines.removeIf((line) -> !line.startsWith("Total"));
            return Long.parseLong(lines.get(0).trim().split(" +")[2]);
        }
        finally {
            Files.delete(output);
        }
    }

}
