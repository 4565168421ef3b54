package io.observability.starter.logging.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A rolling file in a folder of its own, with a clock that moves when told, closed after
 * each test.
 */
abstract class OpenedRollingFile {

    final MovableClock clock = new MovableClock(Instant.parse("2026-11-21T23:59:00Z"));

    @TempDir
    Path directory;

    RollingFile file;

    @AfterEach
    void close() throws IOException {
        if (this.file != null) {
            this.file.close();
            // Or a file comes while the folder is deleted.
            Awaitility.await().until(() -> !this.file.isTidying());
        }
    }

    final Path log() {
        return this.directory.resolve("app.log");
    }

    static Rotation daily(long maxBytes) {
        return new Rotation(maxBytes, Rotation.Every.DAY, ZoneOffset.UTC, true, Duration.ZERO, 0, 0);
    }

    final void open(Path path, Rotation rotation) {
        this.file = new RollingFile("file", path, rotation, this.clock);
    }

    final void write(String line) throws IOException {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        this.file.write(bytes, 0, bytes.length);
    }

}
