package io.observability.e2e;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of requests and lines while a destination fails: the packaged sample app,
 * a burst of lines, and customers who keep coming.
 */
class LogFaultsE2eTests {

    private static final int BURST = 20_000;

    // A request may log an error, which waits for half a second at most; the rest is for
    // a busy machine.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration RETURN = Duration.ofSeconds(5);

    @TempDir
    Path directory;

    @Test
    void diskFull() throws Exception {
        Path disk = Files.createDirectory(this.directory.resolve("disk"));
        mount(disk, "size=3m");
        try {
            Path filler = disk.resolve("filler");
            Path file = disk.resolve("app.log");
            Files.write(filler, new byte[2 * 1024 * 1024]);
            try (LoggedShop shop = start(file); Visitors visitors = Visitors.of(shop)) {
                shop.burst(BURST);
                LogAccount during = shop.account("file");
                assertThat(during.state()).isEqualTo("disk_full");
                assertThat(during.lost()).isPositive();
                long onDisk = LinesOnDisk.count(file);
                Files.delete(filler);
                awaitReturn(file, onDisk);
                assertFault("disk full", shop, visitors, file, "disk_full");
            }
        }
        finally {
            run("umount", disk.toString());
        }
    }

    @Test
    void aDeviceThatIsAlwaysFull() throws Exception {
        Assumptions.assumeTrue(Files.isWritable(Path.of("/dev/full")), "There is no /dev/full");
        try (LoggedShop shop = start(Path.of("/dev/full")); Visitors visitors = Visitors.of(shop)) {
            shop.burst(BURST);
            visitors.finish();
            LogAccount account = shop.account("file");
            Figures.add("/dev/full: %s; %s", account, visitors);
            assertThat(account.state()).isEqualTo("disk_full");
            assertThat(account.written()).isZero();
            assertLostBecause(account, "disk_full");
            assertThatRequestsAreAnswered(visitors);
            LinesOnDisk others = LinesOnDisk.read(shop.output());
            assertThat(others.saying("Log lines to file are being lost: ")).isOne();
        }
    }

    @Test
    void directoryRemovedAndBack() throws Exception {
        Path logs = Files.createDirectory(this.directory.resolve("logs"));
        Path file = logs.resolve("app.log");
        // Half a line, as a kill leaves it.
        Files.writeString(file, "{\"@timestamp\":\"2026-11-");
        try (LoggedShop shop = start(file); Visitors visitors = Visitors.of(shop)) {
            shop.burst(BURST);
            shop.awaitWritten("file");
            Path away = this.directory.resolve("away");
            Files.move(logs, away);
            // In the way, so that the directory can't be made anew.
            Files.writeString(logs, "");
            shop.burst(BURST);
            LogAccount during = shop.account("file");
            assertThat(during.state()).isEqualTo("directory_missing");
            assertThat(during.lost()).isPositive();
            Files.delete(logs);
            awaitReturn(file, 0);
            awaitEnd(shop);
            visitors.finish();
            LinesOnDisk before = LinesOnDisk.read(away.resolve("app.log"));
            assertThat(before.broken()).containsExactly("{\"@timestamp\":\"2026-11-");
            // The half line has got its end, and was not counted.
            LogAccount account = shop.awaitSettled("file", 1, away.resolve("app.log"), file);
            LinesOnDisk after = LinesOnDisk.read(file);
            Figures.add("directory gone: %s; %d on disk; %s", account, before.lines() - 1 + after.lines(), visitors);
            assertThat(after.broken()).isEmpty();
            assertThat(account.addsUp()).isTrue();
            assertLostBecause(account, "directory_missing");
            assertToldOnce(shop, after, "directory_missing");
            assertThatRequestsAreAnswered(visitors);
        }
    }

    @Test
    void readOnlyAtStart() throws Exception {
        Path disk = Files.createDirectory(this.directory.resolve("disk"));
        mount(disk, "size=64m,ro");
        try {
            Path file = disk.resolve("app.log");
            try (LoggedShop shop = start(file); Visitors visitors = Visitors.of(shop)) {
                shop.burst(BURST);
                LogAccount during = shop.account("file");
                assertThat(during.written()).isZero();
                assertThat(during.lost()).isPositive();
                run("mount", "-o", "remount,rw", disk.toString());
                awaitReturn(file, 0);
                assertFault("read-only at start", shop, visitors, file, "read_only");
            }
        }
        finally {
            run("umount", disk.toString());
        }
    }

    @Test
    void standardOutputStalled() throws Exception {
        Path file = this.directory.resolve("app.log");
        try (LoggedShop shop = start(file, Redirect.PIPE, ""); Visitors visitors = Visitors.of(shop)) {
            shop.stopReading();
            shop.burst(BURST);
            Awaitility.await().until(() -> shop.account("stdout").state().equals("stalled"));
            shop.burst(BURST);
            LogAccount during = shop.account("stdout");
            assertThat(during.lost()).isPositive();
            long onDisk = LinesOnDisk.count(shop.output());
            shop.readOn();
            awaitReturn(shop.output(), onDisk);
            awaitEnd(shop, file, "Log lines to stdout are written again");
            visitors.finish();
            LogAccount account = shop.awaitSettled("stdout", shop.output());
            LinesOnDisk lines = LinesOnDisk.read(shop.output());
            LogAccount other = shop.awaitSettled("file", file);
            Figures.add("stdout stalled: %s; %d on disk; %s; file %s", account, lines.lines(), visitors, other);
            assertThat(lines.broken()).isEmpty();
            assertThat(account.addsUp()).isTrue();
            assertThat(other.addsUp()).isTrue();
            LinesOnDisk told = LinesOnDisk.read(file);
            assertThat(told.saying("Log lines to stdout are being lost: ")).isOne();
            assertThat(told.saying("Log lines to stdout are written again")).isOne();
            assertThatRequestsAreAnswered(visitors);
        }
    }

    @Test
    void standardOutputClosed() throws Exception {
        Path file = this.directory.resolve("app.log");
        try (LoggedShop shop = start(file, Redirect.PIPE, ""); Visitors visitors = Visitors.of(shop)) {
            shop.stopReading();
            shop.closeOutput();
            shop.burst(BURST);
            LogAccount account = shop.account("stdout");
            visitors.finish();
            LogAccount other = shop.awaitSettled("file", file);
            Figures.add("stdout closed: %s; %s; file %s", account, visitors, other);
            assertThat(account.state()).isEqualTo("closed");
            assertThat(account.addsUp()).isTrue();
            assertThat(account.reasons()).containsOnlyKeys("closed");
            assertThat(other.lost()).isZero();
            assertThat(LinesOnDisk.read(file).saying("Log lines to stdout are being lost: closed")).isOne();
            assertThatRequestsAreAnswered(visitors);
        }
    }

    @Test
    void outOfMemory() throws Exception {
        Path file = this.directory.resolve("app.log");
        try (LoggedShop shop = start(file, Redirect.to(this.directory.resolve("stdout").toFile()),
                "-Xmx96m -XX:+UseSerialGC"); Visitors visitors = Visitors.of(shop)) {
            shop.begin("memory", "{\"heapPercent\":100,\"duration\":\"3s\"}");
            shop.burst(BURST);
            visitors.finish();
            LogAccount account = shop.awaitSettled("file", file);
            LogAccount console = shop.awaitSettled("stdout", shop.output());
            LinesOnDisk lines = LinesOnDisk.read(file);
            Figures.add("out of memory %d times: %s; %d on disk; of the burst %d; %s; stdout %s",
                    lines.saying("Out of memory"), account, lines.lines(), lines.ofBurst(), visitors, console);
            assertThat(lines.saying("Out of memory")).isPositive();
            assertThat(lines.broken()).isEmpty();
            assertThat(account.addsUp()).isTrue();
            assertThat(console.addsUp()).isTrue();
            assertThat(shop.get("/api/products").statusCode()).isEqualTo(200);
        }
    }

    private void assertFault(String fault, LoggedShop shop, Visitors visitors, Path file, String reason)
            throws Exception {
        awaitEnd(shop);
        visitors.finish();
        LogAccount account = shop.awaitSettled("file", file);
        LinesOnDisk lines = LinesOnDisk.read(file);
        Figures.add("%s: %s; %d on disk; %s", fault, account, lines.lines(), visitors);
        assertThat(account.addsUp()).isTrue();
        assertThat(account.written()).isEqualTo(lines.lines());
        assertLostBecause(account, reason);
        assertThat(lines.broken()).isEmpty();
        assertThat(lines.twice()).isZero();
        assertToldOnce(shop, lines, reason);
        assertThatRequestsAreAnswered(visitors);
    }

    private static void assertThatRequestsAreAnswered(Visitors visitors) {
        assertThat(visitors.answered()).isGreaterThan(10);
        assertThat(visitors.unanswered()).isZero();
        assertThat(visitors.slowest()).isLessThan(PATIENCE);
    }

    private static void assertToldOnce(LoggedShop shop, LinesOnDisk lines, String reason) throws IOException {
        LinesOnDisk others = LinesOnDisk.read(shop.output());
        assertThat(others.saying("Log lines to file are being lost: " + reason)
                + others.saying("Log lines to file are being lost: queue_full"))
            .isOne();
        assertThat(others.saying("Log lines to file are written again")).isOne();
        assertThat(lines.saying("Log lines to file are written again")).isOne();
    }

    private static void awaitReturn(Path file, long lines) {
        long start = System.nanoTime();
        Awaitility.await("return of " + file).atMost(RETURN).until(() -> LinesOnDisk.count(file) > lines);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(RETURN);
    }

    private static void awaitEnd(LoggedShop shop) {
        awaitEnd(shop, shop.output(), "Log lines to file are written again");
    }

    private static void awaitEnd(LoggedShop shop, Path file, String line) {
        Awaitility.await(line)
            .atMost(Duration.ofSeconds(20))
            .until(() -> Files.readString(file, StandardCharsets.ISO_8859_1).contains(line));
    }

    private LoggedShop start(Path file) throws Exception {
        return start(file, Redirect.to(this.directory.resolve("stdout").toFile()), "");
    }

    private LoggedShop start(Path file, Redirect output, String jvm) throws Exception {
        return LoggedShop.start(this.directory, output, jvm, "--logging.file.name=" + file,
                "--observability.logging.ring-size=256KB", "--logging.logback.rollingpolicy.max-file-size=1GB");
    }

    static void mount(Path directory, String options) throws Exception {
        Assumptions.assumeTrue(run("mount", "-t", "tmpfs", "-o", options, "tmpfs", directory.toString()),
                "A file system can be mounted by root alone");
    }

    static boolean run(String... command) throws Exception {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        }
        catch (IOException ex) {
            return false;
        }
    }

    private static void assertLostBecause(LogAccount account, String reason) {
        // The queue may be full for a moment before the first write has failed.
        assertThat(account.reasons().keySet()).contains(reason).isSubsetOf(reason, "queue_full");
    }

}
