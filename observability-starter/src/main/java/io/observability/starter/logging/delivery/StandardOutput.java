package io.observability.starter.logging.delivery;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

import io.observability.starter.pipeline.LossReason;
import org.jspecify.annotations.Nullable;

/**
 * The process's standard output itself, past {@code System.out} and its lock. Closing it
 * leaves it open, since it belongs to the process. Once its reader is gone it is gone for
 * good. Where {@code System.out} was replaced, as tests and build tools do to look at the
 * output, lines go there, and each before the call that made it returns.
 *
 * @since 0.1.0
 */
public final class StandardOutput implements LineDestination {

    private static final Path DESCRIPTOR = Path.of("/proc/self/fd/1");

    private static final PrintStream ORIGINAL = System.out;

    private static final int UNKNOWN = -1;

    private final OutputStream output;

    private final Path file;

    // Whether output goes to a file, so that a failed write can be measured.
    private final boolean measured;

    private final Supplier<@Nullable PrintStream> redirected;

    private boolean torn;

    public StandardOutput() {
        this(new FileOutputStream(FileDescriptor.out), DESCRIPTOR, StandardOutput::redirected);
    }

    StandardOutput(OutputStream output, Path file) {
        this(output, file, () -> null);
    }

    StandardOutput(OutputStream output, Path file, Supplier<@Nullable PrintStream> redirected) {
        this.output = output;
        this.file = file;
        this.redirected = redirected;
        this.measured = Files.isRegularFile(file);
    }

    @Override
    public String name() {
        return "stdout";
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        PrintStream instead = this.redirected.get();
        if (instead != null) {
            instead.write(bytes, offset, length);
            instead.flush();
            return;
        }
        long before = size();
        int mending = 0;
        try {
            if (this.torn) {
                this.output.write('\n');
                mending = 1;
                this.torn = false;
            }
            this.output.write(bytes, offset, length);
            // Nothing is buffered; a stand-in may do so.
            this.output.flush();
        }
        catch (IOException ex) {
            LossReason reason = Failures.reasonOf(ex);
            int written = written(before, mending, length);
            this.torn = this.torn || (written > 0 && bytes[offset + written - 1] != '\n');
            throw new WriteFailure(reason, written, reason == LossReason.CLOSED, ex);
        }
    }

    private int written(long before, int mending, int length) {
        long after = (before != UNKNOWN) ? size() : UNKNOWN;
        // More than that was written by somebody else as well.
        return (after != UNKNOWN && after - before - mending <= length) ? (int) Math.max(0, after - before - mending)
                : 0;
    }

    private long size() {
        try {
            return this.measured ? Files.size(this.file) : UNKNOWN;
        }
        catch (IOException ex) {
            return UNKNOWN;
        }
    }

    @Override
    public boolean writesAtOnce() {
        return this.redirected.get() != null;
    }

    // The stream that the runtime makes is of the class itself; whoever replaces it to
    // look at the output (a test, a build tool) takes a subclass, or comes later.
    @SuppressWarnings("ReferenceEquality")
    private static @Nullable PrintStream redirected() {
        PrintStream now = System.out;
        return (now != ORIGINAL || now.getClass() != PrintStream.class) ? now : null;
    }

    @Override
    public void close() {
        // Not ours to close.
    }

}
