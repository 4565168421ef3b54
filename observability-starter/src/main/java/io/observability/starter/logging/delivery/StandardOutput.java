package io.observability.starter.logging.delivery;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;

/**
 * The process's standard output itself, past {@code System.out} and its lock. Closing it
 * leaves it open, since it belongs to the process.
 *
 * @since 0.1.0
 */
public final class StandardOutput implements LineDestination {

    private final FileOutputStream output = new FileOutputStream(FileDescriptor.out);

    @Override
    public String name() {
        return "stdout";
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        this.output.write(bytes, offset, length);
    }

    @Override
    public void close() {
        // Not ours to close.
    }

}
