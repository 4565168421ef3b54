package io.observability.starter.logging.delivery;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

import io.observability.starter.pipeline.LossReason;
import org.jspecify.annotations.Nullable;

/**
 * What is found under a path.
 *
 * @param key identity of the file, where the file system has one
 * @param isRegular whether it is a file, and no pipe or device
 * @param size its size in bytes
 * @param lastModified when it was written, in milliseconds since the epoch
 */
record FileState(@Nullable Object key, boolean isRegular, long size, long lastModified) {

    static @Nullable FileState of(Path path) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            boolean regular = attributes.isRegularFile();
            return new FileState(attributes.fileKey(), regular, regular ? attributes.size() : 0,
                    attributes.lastModifiedTime().toMillis());
        }
        catch (NoSuchFileException ex) {
            return null;
        }
    }

    boolean isSameFile(@Nullable FileState other) {
        return other != null && Objects.equals(this.key, other.key);
    }

    static void makeDirectory(Path path) throws IOException {
        Path directory = path.getParent();
        if (directory != null && !Files.isDirectory(directory)) {
            try {
                Files.createDirectories(directory);
            }
            catch (IOException ex) {
                throw new WriteFailure(LossReason.DIRECTORY_MISSING, 0, false, ex);
            }
        }
    }

    // Whether the last line is whole; unless a process died within a write, it is.
    static boolean endsWithLineFeed(Path path) {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            file.seek(file.length() - 1);
            return file.read() == '\n';
        }
        catch (IOException ex) {
            // Not ours to read: better an empty line too many than a broken one.
            return false;
        }
    }

}
