package io.observability.e2e;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * 100,000 lines from four threads of the packaged sample app, as fast as they can: what
 * is on disk beside what the process says that it made, wrote and lost.
 */
class LogBurstE2eTests {

    private static final int BURST = 100_000;

    private static final int WRITERS = 4;

    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0}, {2}")
    @CsvSource({ "drop-debug-first, true, 4MB", "drop-debug-first, true, 256KB", "block, true, 256KB",
            "drop, true, 256KB", "synchronous, false, 256KB" })
    void eachLineIsWrittenOrCounted(String mode, boolean async, String ring) throws Exception {
        Path file = this.directory.resolve("app.log");
        String policy = async ? mode : "block";
        try (LoggedShop shop = start(file, "--observability.logging.async=" + async,
                "--observability.logging.when-full=" + policy, "--observability.logging.ring-size=" + ring)) {
            shop.burst(BURST);
            for (String destination : new String[] { "file", "stdout" }) {
                Path lines = destination.equals("file") ? file : shop.output();
                LogAccount account = shop.awaitSettled(destination, lines);
                LinesOnDisk disk = LinesOnDisk.read(lines);
                Figures.add("burst, %s %s, %s: %s; %d on disk, of the burst %s", mode, ring, destination, account,
                        disk.lines(), disk.levels());
                assertThat(account.addsUp()).as(account.toString()).isTrue();
                assertThat(account.made()).isGreaterThanOrEqualTo(BURST);
                assertThat(disk.lines()).isEqualTo(account.written());
                assertThat(disk.broken()).isEmpty();
                assertThat(disk.twice()).isZero();
                assertThat(BURST - disk.ofBurst()).isBetween(0L, account.lost());
                if (mode.equals("drop-debug-first")) {
                    assertThat(disk.level("ERROR")).isEqualTo(BURST / 100);
                    assertThat(disk.level("WARN")).isEqualTo(BURST / 100 * 9);
                }
                if (!async) {
                    assertThat(account.lost()).isZero();
                }
            }
        }
    }

    @Test
    void aBurstThatIsTerminatedIsWrittenOrCounted() throws Exception {
        Path file = this.directory.resolve("app.log");
        // A small ring, so that there is something to lose.
        try (LoggedShop shop = start(file, "--observability.logging.ring-size=256KB", receipts())) {
            beginLongBurst(shop, file);
            assertThat(shop.terminate()).isEqualTo(143);
            for (String destination : new String[] { "file", "stdout" }) {
                LinesOnDisk disk = LinesOnDisk.read(destination.equals("file") ? file : shop.output());
                LogAccount account = LogAccount.atTheEnd(shop.errors(), destination);
                long lost = (account != null) ? account.lost() : 0;
                long missing = missing(shop, disk, "");
                Figures.add("SIGTERM, %s: %d on disk, of the burst %d; missing %d; at its end %s", destination,
                        disk.lines(), disk.ofBurst(), missing, account);
                assertThat(disk.broken()).isEmpty();
                assertThat(disk.twice()).isZero();
                assertThat(missing).isBetween(0L, lost);
                assertThat(missing(shop, disk, "WARN") + missing(shop, disk, "ERROR")).isZero();
                if (account != null) {
                    assertThat(account.addsUp()).isTrue();
                    assertThat(account.written()).isEqualTo(disk.lines());
                }
            }
        }
    }

    @Test
    void aBurstThatIsKilledLacksNoMoreThanTheRingAndNoError() throws Exception {
        Path file = this.directory.resolve("app.log");
        // Nothing is given up here, so that all that is missing was in the ring.
        try (LoggedShop shop = start(file, "--observability.logging.when-full=block",
                "--observability.logging.max-wait=10s", receipts())) {
            beginLongBurst(shop, file);
            shop.kill();
            for (Path lines : new Path[] { file, shop.output() }) {
                LinesOnDisk disk = LinesOnDisk.read(lines);
                long missing = missing(shop, disk, "");
                long bytes = missing * (Files.size(lines) / disk.lines());
                Figures.add("kill -9, %s: %d on disk, missing %d (%d KiB), of them ERROR %d; broken %s",
                        lines.getFileName(), disk.lines(), missing, bytes / 1024, missing(shop, disk, "ERROR"),
                        disk.broken());
                assertThat(missing(shop, disk, "ERROR")).isZero();
                assertThat(bytes).isLessThan(4 * 1024 * 1024);
                assertThat(disk.twice()).isZero();
                // The kill may tear the last line, and none but that one.
                assertThat(disk.broken()).hasSizeLessThanOrEqualTo(1);
            }
        }
    }

    private static void beginLongBurst(LoggedShop shop, Path file) throws Exception {
        shop.begin("log-burst", "{\"lines\":1000000,\"threads\":4}");
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> LinesOnDisk.count(file) > BURST / 5);
    }

    // Lines whose calls have returned and that are not there.
    static long missing(LoggedShop shop, LinesOnDisk disk, String level) throws IOException {
        long missing = 0;
        for (int writer = 0; writer < WRITERS; writer++) {
            for (String receipt : shop.receipts(writer)) {
                // A kill may tear the last receipt too.
                if (receipt.matches(level + "[A-Z]* \\d+")
                        && !disk.has(writer, Integer.parseInt(receipt.substring(receipt.indexOf(' ') + 1)))) {
                    missing++;
                }
            }
        }
        return missing;
    }

    private String receipts() {
        return "--shop.failures.receipts=" + this.directory.resolve("receipts");
    }

    private LoggedShop start(Path file, String... arguments) throws Exception {
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--logging.file.name=" + file;
        all[arguments.length + 1] = "--logging.logback.rollingpolicy.max-file-size=1GB";
        return LoggedShop.start(this.directory, Redirect.to(this.directory.resolve("stdout").toFile()), "", all);
    }

}
