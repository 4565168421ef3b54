package io.observability.sample.shop.failure;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A fixed number of lines as fast as several threads can log them, as when everything
 * fails at once. Each thread numbers its lines from 0; of a hundred lines one is an
 * error, nine are warnings, 50 are INFO and 40 DEBUG.
 */
final class LogBurst implements Disturbance {

    private static final Logger LOGGER = LoggerFactory.getLogger(LogBurst.class);

    private final @Nullable Path receipts;

    /**
     * Create a burst.
     * @param receipts directory for a file per thread that gets the number of each line
     * whose call has returned, or {@code null} for none
     */
    LogBurst(@Nullable Path receipts) {
        this.receipts = receipts;
    }

    @Override
    public FailureKind kind() {
        return FailureKind.LOG_BURST;
    }

    @Override
    public Ending begin(Failure failure) {
        List<Thread> threads = new ArrayList<>();
        for (int number = 0; number < failure.threads(); number++) {
            int writer = number;
            int lines = failure.lines() / failure.threads() + ((number < failure.lines() % failure.threads()) ? 1 : 0);
            Thread thread = new Thread(() -> log(writer, lines), "log-burst-" + number);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
        return new Ending() {

            @Override
            public void end() {
                threads.forEach(Thread::interrupt);
            }

            @Override
            public boolean isOver() {
                return threads.stream().noneMatch(Thread::isAlive);
            }

        };
    }

    private void log(int writer, int lines) {
        try (OutputStream receipts = receipts(writer)) {
            for (int sequence = 0; sequence < lines && !Thread.currentThread().isInterrupted(); sequence++) {
                Level level = level(sequence);
                LOGGER.atLevel(level)
                    .addKeyValue("writer", writer)
                    .addKeyValue("sequence", sequence)
                    .log("Carrier {} does not answer, attempt {}", writer, sequence);
                // Straight to the system, so that it outlives this process.
                receipts.write((level + " " + sequence + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private OutputStream receipts(int writer) throws IOException {
        return (this.receipts != null) ? new FileOutputStream(this.receipts.resolve("writer-" + writer).toFile(), true)
                : OutputStream.nullOutputStream();
    }

    private static Level level(int sequence) {
        int place = sequence % 100;
        if (place == 99) {
            return Level.ERROR;
        }
        if (place % 10 == 9) {
            return Level.WARN;
        }
        return (place % 2 == 0) ? Level.INFO : Level.DEBUG;
    }

}
