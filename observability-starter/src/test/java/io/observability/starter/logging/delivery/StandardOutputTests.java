package io.observability.starter.logging.delivery;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.observability.starter.pipeline.LedgerEntry;
import io.observability.starter.pipeline.LossReason;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link StandardOutput}.
 */
class StandardOutputTests {

    @TempDir
    Path directory;

    @Test
    void aReaderThatLeftIsGoneForGood() throws Exception {
        Path pipe = this.directory.resolve("pipe");
        Assumptions.assumeTrue(makePipe(pipe), "no mkfifo here");
        CompletableFuture<InputStream> reader = CompletableFuture.supplyAsync(() -> open(pipe));
        try (OutputStream out = new FileOutputStream(pipe.toFile())) {
            reader.get().close();
            LineDelivery delivery = LineDelivery.start(new StandardOutput(out, pipe), DeliverySettings.defaults(),
                    LossNotice.NONE);
            byte[] line = "nobody reads this\n".getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 100; i++) {
                delivery.deliver(line, 0, line.length, Urgency.HIGH);
            }
            Awaitility.await().until(() -> delivery.ledger().lost().get(LossReason.CLOSED) == 100);
            long start = System.nanoTime();
            delivery.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
            LedgerEntry entry = delivery.ledger();
            assertThat(entry.made()).isEqualTo(100);
            assertThat(entry.written()).isZero();
            assertThat(entry.queued()).isZero();
        }
    }

    @Test
    void linesGoToAReplacedSystemOutBeforeTheCallReturns() {
        PrintStream before = System.out;
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        System.setOut(new PrintStream(seen, false, StandardCharsets.UTF_8));
        LineDelivery delivery = LineDelivery.start(new StandardOutput(), DeliverySettings.defaults(), LossNotice.NONE);
        try {
            byte[] line = "first\n".getBytes(StandardCharsets.UTF_8);
            delivery.deliver(line, 0, line.length, Urgency.LOW);
            assertThat(seen).hasToString("first\n");
        }
        finally {
            System.setOut(before);
            delivery.close();
        }
    }

    @Test
    void aFullDiskIsNamedAndTriedAgain() throws IOException {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.isWritable(full), "no /dev/full here");
        try (StandardOutput output = new StandardOutput(new FileOutputStream(full.toFile()), full)) {
            assertThatExceptionOfType(WriteFailure.class).isThrownBy(() -> output.write(new byte[] { '\n' }, 0, 1))
                .satisfies((failure) -> assertThat(failure.reason()).isEqualTo(LossReason.DISK_FULL))
                .satisfies((failure) -> assertThat(failure.isPermanent()).isFalse());
        }
    }

    @Test
    void whatAFileTookBeforeItFailedIsMeasuredAndNotWrittenTwice() throws IOException {
        Path file = this.directory.resolve("out");
        try (FileOutputStream target = new FileOutputStream(file.toFile());
                StandardOutput output = new StandardOutput(new FullAfter(target, 6), emptied(file))) {
            byte[] lines = "one\nsecond\n".getBytes(StandardCharsets.UTF_8);
            assertThatExceptionOfType(WriteFailure.class).isThrownBy(() -> output.write(lines, 0, lines.length))
                .satisfies((failure) -> assertThat(failure.written()).isEqualTo(6));
            output.write(lines, 4, lines.length - 4);
            assertThat(file).hasContent("one\nse\nsecond\n");
        }
    }

    private static Path emptied(Path file) throws IOException {
        return Files.write(file, new byte[0]);
    }

    private static boolean makePipe(Path pipe) throws InterruptedException {
        try {
            return new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
        }
        catch (IOException ex) {
            return false;
        }
    }

    private static InputStream open(Path pipe) {
        try {
            return Files.newInputStream(pipe);
        }
        catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** Fails once, after so many bytes. */
    private static final class FullAfter extends OutputStream {

        private final OutputStream target;

        private int room;

        FullAfter(OutputStream target, int room) {
            this.target = target;
            this.room = room;
        }

        @Override
        public void write(int b) throws IOException {
            this.target.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int room = this.room;
            this.room = Integer.MAX_VALUE;
            this.target.write(bytes, offset, Math.min(room, length));
            if (length > room) {
                throw new IOException("No space left on device");
            }
        }

    }

}
