package io.observability.starter.logging.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of when {@link RollingFile} puts a file away, and of what it keeps.
 */
class RollingFileRotationTests extends OpenedRollingFile {

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
        Files.setLastModifiedTime(log(), FileTime.from(Instant.parse("2026-11-19T12:00:00Z")));
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

    private Path rotated(int number) {
        return this.directory.resolve("app.log.2026-11-21." + number);
    }

    private void touch(String name, Instant time) throws IOException {
        Path path = Files.writeString(this.directory.resolve(name), name);
        Files.setLastModifiedTime(path, FileTime.from(time));
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

}
