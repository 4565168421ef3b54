package io.observability.starter.logging.delivery;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * A file that is put away by size and time.
 *
 * @since 0.1.0
 */
public final class RollingFile implements LineDestination {

    private final String name;

    private final Path path;

    private final Rotation rotation;

    private @Nullable FileOutputStream output;

    /**
     * Create a destination. The file is opened by the first write.
     * @param name name of the destination, as in metrics
     * @param path the file
     * @param rotation when it is put away
     */
    public RollingFile(String name, Path path, Rotation rotation) {
        this.name = name;
        this.path = path;
        this.rotation = rotation;
    }

    @Override
    public String name() {
        return this.name;
    }

    /**
     * When the file is put away.
     * @return the rotation
     */
    public Rotation rotation() {
        return this.rotation;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        FileOutputStream output = this.output;
        if (output == null) {
            output = new FileOutputStream(this.path.toFile(), true);
            this.output = output;
        }
        output.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        FileOutputStream output = this.output;
        this.output = null;
        if (output != null) {
            output.close();
        }
    }

}
