package io.observability.starter.logging.delivery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import io.observability.starter.pipeline.LossReason;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link RollingFile}.
 */
class RollingFileTests {

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-21T23:59:00Z"));

    @TempDir
    Path directory;

    private RollingFile file;

    @AfterEach
    void close() throws IOException {
        if (this.file != null) {
            this.file.close();
            // Or a file comes while the folder is deleted.
            Awaitility.await().until(() -> !this.file.isTidying());
        }
    }

    @Test
    void appendsToTheFileAndMakesItsDirectory() throws IOException {
        Path path = this.directory.resolve("a/b/app.log");
        open(path, Rotation.none());
        write("one");
        write("two");
        this.file.close();
        write("three");
        assertThat(path).hasContent("one\ntwo\nthree\n");
        assertThat(this.file.name()).isEqualTo("file");
    }

    @Test
    void aLineThatAKilledProcessLeftTornDoesNotBreakTheNext() throws IOException {
        Path path = Files.writeString(log(), "{\"message\":\"to");
        open(path, Rotation.none());
        write("whole");
        assertThat(path).hasContent("{\"message\":\"to\nwhole\n");
    }

    @Test
    void aFileThatWasDeletedIsMadeAgain() throws IOException {
        open(log(), Rotation.none());
        write("before");
        Files.delete(log());
        Awaitility.await().until(() -> {
            write("after");
            return Files.exists(log());
        });
        assertThat(Files.readAllLines(log())).allMatch("after"::equals);
    }

    @Test
    void aDirectoryThatWasDeletedIsMadeAgain() throws IOException {
        Path path = this.directory.resolve("logs/app.log");
        open(path, Rotation.none());
        write("before");
        Files.delete(path);
        Files.delete(path.getParent());
        Awaitility.await().until(() -> {
            write("after");
            return Files.exists(path);
        });
    }

    @Test
    void aFileThatSomebodyElsePutAwayIsLeftAlone() throws IOException {
        open(log(), Rotation.none());
        write("before");
        Path away = Files.move(log(), this.directory.resolve("app.log.1"));
        Awaitility.await().until(() -> {
            write("after");
            return Files.exists(log());
        });
        assertThat(Files.readAllLines(away).get(0)).isEqualTo("before");
        assertThat(Files.readAllLines(log())).allMatch("after"::equals);
    }

    @Test
    void aFileThatIsCutWhileWrittenGoesOnFromItsStart() throws IOException {
        open(log(), Rotation.none());
        write("before");
        Files.writeString(log(), "");
        write("after");
        assertThat(log()).hasContent("after\n");
    }

    @Test
    void aDirectoryThatCannotBeMadeIsMissing() throws IOException {
        Files.writeString(this.directory.resolve("taken"), "a file");
        open(this.directory.resolve("taken/app.log"), Rotation.none());
        assertThatExceptionOfType(WriteFailure.class).isThrownBy(() -> write("line"))
            .satisfies((failure) -> assertThat(failure.reason()).isEqualTo(LossReason.DIRECTORY_MISSING))
            .satisfies((failure) -> assertThat(failure.isPermanent()).isFalse());
        Files.delete(this.directory.resolve("taken"));
        assertThatNoException().isThrownBy(() -> write("line"));
    }

    @Test
    void aFullDiskIsNamed() {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.isWritable(full), "no /dev/full here");
        open(full, Rotation.defaults());
        assertThatExceptionOfType(WriteFailure.class).isThrownBy(() -> write("line"))
            .satisfies((failure) -> assertThat(failure.reason()).isEqualTo(LossReason.DISK_FULL))
            .satisfies((failure) -> assertThat(failure.written()).isZero());
    }

    @Test
    void rotatesAtMidnightAndCompresses() throws IOException {
        open(log(), daily(0));
        write("yesterday");
        this.clock.advance(Duration.ofMinutes(2));
        write("today");
        assertThat(log()).hasContent("today\n");
        assertThat(awaitZipped("app.log.2026-11-21.0.gz")).isEqualTo("yesterday\n");
        assertThat(this.directory.resolve("app.log.2026-11-21.0")).doesNotExist();
    }

    @Test
    void rotatesAtTheFullHour() throws IOException {
        open(log(), new Rotation(0, Rotation.Every.HOUR, ZoneOffset.UTC, false, Duration.ZERO, 0, 0));
        write("eleven");
        this.clock.advance(Duration.ofMinutes(1));
        write("midnight");
        assertThat(this.directory.resolve("app.log.2026-11-21_23.0")).hasContent("eleven\n");
    }

    @Test
    void aRestartOnAnotherDayPutsTheOldFileAway() throws IOException {
        Files.writeString(log(), "old\n");
        Files.setLastModifiedTime(log(), java.nio.file.attribute.FileTime.from(Instant.parse("2026-11-19T12:00:00Z")));
        open(log(), daily(0));
        write("new");
        write("newer");
        assertThat(log()).content().doesNotContain("old");
        assertThat(awaitZipped("app.log.2026-11-19.0.gz")).startsWith("old\n");
    }

    @Test
    void rotatesBySizeBetweenLinesAndNumbersTheFiles() throws IOException {
        open(log(), new Rotation(20, Rotation.Every.DAY, ZoneOffset.UTC, false, Duration.ZERO, 0, 0));
        byte[] batch = "0123456\n0123456\n0123456\n0123456\na line longer than the file may be\n0123456\n"
            .getBytes(StandardCharsets.UTF_8);
        this.file.write(batch, 0, batch.length);
        assertThat(rotated(0)).hasContent("0123456\n0123456\n");
        assertThat(rotated(1)).hasContent("0123456\n0123456\n");
        assertThat(rotated(2)).hasContent("a line longer than the file may be\n");
        assertThat(log()).hasContent("0123456\n");
    }

    @Test
    void twoRunsOfADayDoNotOverwriteEachOther() throws IOException {
        for (int run = 0; run < 2; run++) {
            open(log(), new Rotation(6, Rotation.Every.DAY, ZoneOffset.UTC, true, Duration.ZERO, 0, 0));
            write("run " + run);
            write("end " + run);
            this.file.close();
            // A file that is found belongs to the day on which it was written to last.
            Files.setLastModifiedTime(log(), FileTime.from(this.clock.instant()));
            // The next run must not find this one's thread at work.
            assertThat(awaitZipped("app.log.2026-11-21.0.gz")).isEqualTo("run 0\n");
        }
        assertThat(awaitZipped("app.log.2026-11-21.1.gz")).isEqualTo("end 0\n");
        assertThat(awaitZipped("app.log.2026-11-21.2.gz")).isEqualTo("run 1\n");
        assertThat(log()).hasContent("end 1\n");
    }

    @Test
    void keepsAsManyFilesAsItMay() throws IOException {
        open(log(), new Rotation(6, Rotation.Every.DAY, ZoneOffset.UTC, false, Duration.ZERO, 3, 0));
        for (int i = 0; i < 10; i++) {
            write("run " + i);
        }
        awaitRotated("app.log.2026-11-21.6", "app.log.2026-11-21.7", "app.log.2026-11-21.8");
    }

    @Test
    void keepsAsManyBytesAsItMay() throws IOException {
        open(log(), new Rotation(6, Rotation.Every.DAY, ZoneOffset.UTC, false, Duration.ZERO, 0, 13));
        for (int i = 0; i < 10; i++) {
            write("run " + i);
        }
        awaitRotated("app.log.2026-11-21.7", "app.log.2026-11-21.8");
    }

    @Test
    void deletesWhatIsTooOldAndNothingThatIsNotOurs() throws IOException {
        Instant old = Instant.parse("2026-10-01T00:00:00Z");
        List<String> strangers = List.of("app.log.1", "app.log.2026-10-01", "app.log.2026-10-01.0.zip",
                "other.log.2026-10-01.0.gz", "app.log.2026-10-01.x.gz");
        for (String name : strangers) {
            touch(name, old);
        }
        touch("app.log.2026-10-01.0.gz", old);
        touch("app.log.2026-11-20.0.gz", Instant.parse("2026-11-20T23:00:00Z"));
        open(log(), new Rotation(0, Rotation.Every.DAY, ZoneOffset.UTC, true, Duration.ofDays(7), 0, 0));
        write("line");
        awaitRotated("app.log.2026-11-20.0.gz");
        assertThat(strangers).allSatisfy((name) -> assertThat(this.directory.resolve(name)).exists());
    }

    @Test
    void whatACrashLeftUncompressedIsCompressedAtStart() throws IOException {
        Files.writeString(this.directory.resolve("app.log.2026-11-20.0"), "whole\n");
        Files.writeString(this.directory.resolve("app.log.2026-11-20.0.gz.tmp"), "ha");
        open(log(), daily(0));
        write("line");
        assertThat(awaitZipped("app.log.2026-11-20.0.gz")).isEqualTo("whole\n");
        awaitRotated("app.log.2026-11-20.0.gz");
    }

    @Test
    void aRotationThatFailsDoesNotStopTheWriting() throws IOException {
        // With a date behind it, the name is longer than a file system takes.
        Path path = this.directory.resolve("a".repeat(250));
        open(path, new Rotation(6, Rotation.Every.DAY, ZoneOffset.UTC, false, Duration.ZERO, 0, 0));
        write("run 1");
        write("run 2");
        write("run 3");
        assertThat(path).hasContent("run 1\nrun 2\nrun 3\n");
    }

    @Test
    void anInterruptedThreadWritesAllTheSame() throws IOException {
        open(log(), daily(10));
        Thread.currentThread().interrupt();
        try {
            write("one");
            write("two");
            write("three");
        }
        finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(log()).hasContent("three\n");
    }

    @Test
    void aPipeThatNobodyReadsStallsTheDeliveryAndNotItsCaller() throws Exception {
        Path pipe = this.directory.resolve("pipe");
        Assumptions.assumeTrue(makePipe(pipe), "no mkfifo here");
        open(pipe, Rotation.defaults());
        LineDelivery delivery = LineDelivery.start(this.file, new DeliverySettings(true, FullPolicy.BLOCK,
                DeliverySettings.MIN_RING_BYTES, Duration.ofMillis(100), Duration.ofMillis(100), Duration.ofSeconds(5)),
                LossNotice.NONE);
        byte[] line = (" ".repeat(998) + "x\n").getBytes(StandardCharsets.UTF_8);
        delivery.deliver(line, 0, line.length, Urgency.URGENT);
        Awaitility.await().until(() -> delivery.ledger().problem() == LossReason.STALLED);
        for (int i = 0; i < 1000; i++) {
            delivery.deliver(line, 0, line.length, Urgency.HIGH);
        }
        long lost = delivery.ledger().lost().get(LossReason.STALLED);
        assertThat(lost).isPositive();
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        Thread reader = new Thread(() -> {
            try (InputStream in = Files.newInputStream(pipe)) {
                in.transferTo(read);
            }
            catch (IOException ex) {
                // The count below tells.
            }
        });
        reader.start();
        delivery.close();
        reader.join(TimeUnit.SECONDS.toMillis(30));
        assertThat(delivery.ledger().written()).isEqualTo(1001 - lost);
        assertThat(read.size()).isEqualTo((1001 - lost) * line.length);
        this.file = null;
    }

    private static boolean makePipe(Path pipe) throws InterruptedException {
        try {
            return new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
        }
        catch (IOException ex) {
            return false;
        }
    }

    private Path log() {
        return this.directory.resolve("app.log");
    }

    private Path rotated(int number) {
        return this.directory.resolve("app.log.2026-11-21." + number);
    }

    private static Rotation daily(long maxBytes) {
        return new Rotation(maxBytes, Rotation.Every.DAY, ZoneOffset.UTC, true, Duration.ZERO, 0, 0);
    }

    private void open(Path path, Rotation rotation) {
        this.file = new RollingFile("file", path, rotation, this.clock);
    }

    private void write(String line) throws IOException {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        this.file.write(bytes, 0, bytes.length);
    }

    private void touch(String name, Instant time) throws IOException {
        Path path = Files.writeString(this.directory.resolve(name), name);
        Files.setLastModifiedTime(path, java.nio.file.attribute.FileTime.from(time));
    }

    private String awaitZipped(String name) throws IOException {
        Path path = this.directory.resolve(name);
        Awaitility.await().until(() -> Files.exists(path));
        try (InputStream in = new GZIPInputStream(Files.newInputStream(path))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void awaitRotated(String... names) {
        Awaitility.await().untilAsserted(() -> {
            try (Stream<Path> files = Files.list(this.directory)) {
                assertThat(files.map((path) -> path.getFileName().toString())
                    .filter((name) -> name.matches("app\\.log\\.\\d{4}-\\d\\d-\\d\\d\\.\\d+(\\.gz)?(\\.tmp)?")))
                    .containsExactlyInAnyOrder(names);
            }
        });
    }

    private static final class MovableClock extends Clock {

        private volatile Instant now;

        MovableClock(Instant now) {
            this.now = now;
        }

        void advance(Duration step) {
            this.now = this.now.plus(step);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return this.now;
        }

    }

}
