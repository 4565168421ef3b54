package io.observability.e2e;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The faults of {@link LogFaultsE2eTests} with Spring Boot's own structured logging, for
 * the table in the documentation. Measures and asserts nothing, so it is no test of the
 * build: run it by its name.
 */
class PlainLogFaults {

    private static final int BURST = 20_000;

    @TempDir(cleanup = CleanupMode.NEVER)
    Path directory;

    private Path disk;

    @AfterEach
    void unmount() throws Exception {
        if (this.disk != null) {
            LogFaultsE2eTests.run("umount", this.disk.toString());
        }
    }

    @Test
    void diskFull() throws Exception {
        this.disk = Files.createDirectory(this.directory.resolve("disk"));
        LogFaultsE2eTests.mount(this.disk, "size=3m");
        Path filler = this.disk.resolve("filler");
        Path file = this.disk.resolve("app.log");
        Files.write(filler, new byte[2 * 1024 * 1024]);
        try (LoggedShop shop = start(file, file()); Visitors visitors = Visitors.of(shop)) {
            shop.burst(BURST);
            Files.delete(filler);
            long before = LinesOnDisk.count(file);
            wait(8);
            tell("disk full", file, visitors, LinesOnDisk.count(file) - before);
        }
    }

    @Test
    void directoryRemovedAndBack() throws Exception {
        Path logs = Files.createDirectory(this.directory.resolve("logs"));
        Path file = logs.resolve("app.log");
        try (LoggedShop shop = start(file, file()); Visitors visitors = Visitors.of(shop)) {
            Files.move(logs, this.directory.resolve("away"));
            shop.burst(BURST);
            Files.createDirectory(logs);
            wait(8);
            tell("directory gone", file, visitors, LinesOnDisk.count(file));
        }
    }

    @Test
    void readOnlyAtStart() throws Exception {
        this.disk = Files.createDirectory(this.directory.resolve("disk"));
        LogFaultsE2eTests.mount(this.disk, "size=64m,ro");
        Path file = this.disk.resolve("app.log");
        try (LoggedShop shop = start(file, file()); Visitors visitors = Visitors.of(shop)) {
            shop.burst(BURST);
            LogFaultsE2eTests.run("mount", "-o", "remount,rw", this.disk.toString());
            wait(8);
            tell("read-only at start", file, visitors, LinesOnDisk.count(file));
        }
        catch (IllegalStateException ex) {
            Figures.add("plain, read-only at start: %s", ex.getMessage());
        }
    }

    @Test
    void standardOutputStalled() throws Exception {
        try (LoggedShop shop = start(this.directory.resolve("app.log"), Redirect.PIPE);
                Visitors visitors = Visitors.of(shop)) {
            shop.stopReading();
            shop.begin("log-burst", "{\"lines\":20000,\"threads\":4}");
            wait(15);
            tell("stdout stalled", shop.output(), visitors, 0);
            shop.readOn();
            wait(5);
            tell("stdout read again", shop.output(), visitors, 0);
        }
    }

    @Test
    void standardOutputClosed() throws Exception {
        Path file = this.directory.resolve("app.log");
        try (LoggedShop shop = start(file, Redirect.PIPE); Visitors visitors = Visitors.of(shop)) {
            shop.stopReading();
            shop.closeOutput();
            shop.burst(BURST);
            tell("stdout closed", file, visitors, 0);
        }
    }

    @Test
    void terminated() throws Exception {
        endedInMidBurst(false);
    }

    @Test
    void killed() throws Exception {
        endedInMidBurst(true);
    }

    private void endedInMidBurst(boolean kill) throws Exception {
        Path file = this.directory.resolve("app.log");
        try (LoggedShop shop = start(file, file(), "--shop.failures.receipts=" + this.directory.resolve("receipts"))) {
            shop.begin("log-burst", "{\"lines\":1000000,\"threads\":4}");
            while (LinesOnDisk.count(file) < BURST) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
            if (kill) {
                shop.kill();
            }
            else {
                shop.terminate();
            }
            LinesOnDisk lines = LinesOnDisk.read(file);
            Figures.add("plain, %s: missing of returned calls %d of them ERROR %d, broken %d",
                    kill ? "kill" : "SIGTERM", LogBurstE2eTests.missing(shop, lines, ""),
                    LogBurstE2eTests.missing(shop, lines, "ERROR"), lines.broken().size());
        }
    }

    @Test
    void outOfMemory() throws Exception {
        Path file = this.directory.resolve("app.log");
        try (LoggedShop shop = start("-Xmx96m -XX:+UseSerialGC", file, file()); Visitors visitors = Visitors.of(shop)) {
            shop.begin("memory", "{\"heapPercent\":100,\"duration\":\"3s\"}");
            shop.burst(BURST);
            tell("out of memory", file, visitors, 0);
        }
    }

    private static void wait(int seconds) {
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(seconds));
    }

    private static void tell(String fault, Path file, Visitors visitors, long after) throws Exception {
        LinesOnDisk lines = LinesOnDisk.read(file);
        Figures.add("plain, %s: of the burst %d on disk, ERROR %d, broken %d; %s; back after its end: %d lines", fault,
                lines.ofBurst(), lines.level("ERROR"), lines.broken().size(), visitors, after);
    }

    private Redirect file() {
        return Redirect.to(this.directory.resolve("stdout").toFile());
    }

    private LoggedShop start(Path file, Redirect output, String... arguments) throws Exception {
        return start("", file, output, arguments);
    }

    private LoggedShop start(String jvm, Path file, Redirect output, String... arguments) throws Exception {
        String argument = (arguments.length > 0) ? arguments[0] : "--server.shutdown=graceful";
        return LoggedShop.start(this.directory, output, jvm, "--observability.enabled=false",
                "--logging.structured.format.console=logstash", "--logging.structured.format.file=logstash",
                "--logging.file.name=" + file, "--spring.main.banner-mode=off",
                "--logging.logback.rollingpolicy.max-file-size=1GB", argument);
    }

}
