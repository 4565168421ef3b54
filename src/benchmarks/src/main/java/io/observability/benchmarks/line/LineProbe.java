package io.observability.benchmarks.line;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

import org.slf4j.MDC;

/**
 * Lets rows of one class path write each line once and prints the lines, as properties:
 * rows are compared only when they say the same.
 */
public final class LineProbe {

    private LineProbe() {
    }

    /**
     * Prints what the rows write.
     * @param args names of rows
     * @throws IOException if standard output fails
     */
    public static void main(String[] args) throws IOException {
        Properties seen = new Properties();
        for (String name : args) {
            LineRow row = LineRow.valueOf(name);
            KeepingSink sink = new KeepingSink();
            try (LineBackend backend = row.start(sink)) {
                LogCalls calls = new LogCalls();
                seen.setProperty(name + ".keyValues", sink.line(backend, calls::keyValues));
                seen.setProperty(name + ".exception", sink.line(backend, calls::failed));
                seen.setProperty(name + ".exceptionFluent", sink.line(backend, calls::failedFluently));
                seen.setProperty(name + ".disabled", sink.line(backend, calls::disabled));
                calls.putContext();
                seen.setProperty(name + ".context", sink.line(backend, calls::plain));
                seen.setProperty(name + ".changedContext", sink.line(backend, calls::plainAfterPut));
                MDC.clear();
            }
        }
        seen.store(new FileOutputStream(FileDescriptor.out), null);
    }

    private static final class KeepingSink extends LineSink {

        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

        @Override
        public void write(int b) {
            this.kept.write(b);
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            this.kept.write(source, offset, length);
        }

        @Override
        void write(ByteBuffer source) {
            while (source.hasRemaining()) {
                this.kept.write(source.get());
            }
        }

        String line(LineBackend backend, Runnable call) {
            this.kept.reset();
            call.run();
            backend.flush();
            return this.kept.toString(StandardCharsets.UTF_8);
        }

    }

}
