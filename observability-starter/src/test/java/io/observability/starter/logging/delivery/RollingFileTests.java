package io.observability.starter.logging.delivery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.observability.starter.pipeline.LossReason;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests of what {@link RollingFile} writes, and of what others do to its file meanwhile.
 */
class RollingFileTests extends OpenedRollingFile {

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

}
