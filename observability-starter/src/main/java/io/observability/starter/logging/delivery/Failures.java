package io.observability.starter.logging.delivery;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;

import io.observability.starter.pipeline.LossReason;

/**
 * What the system says of a failed write, in the words of the ledger. Java passes the
 * system's own words on and nothing else, so those are what can be told apart.
 */
final class Failures {

    private Failures() {
    }

    static LossReason reasonOf(Throwable failure) {
        if (failure instanceof WriteFailure known) {
            return known.reason();
        }
        if (failure instanceof NoSuchFileException || failure instanceof NotDirectoryException) {
            return LossReason.DIRECTORY_MISSING;
        }
        if (failure instanceof AccessDeniedException || failure instanceof ReadOnlyFileSystemException) {
            return LossReason.READ_ONLY;
        }
        return reasonOf(words(failure));
    }

    private static LossReason reasonOf(String words) {
        if (words.contains("no space") || words.contains("not enough space") || words.contains("quota exceeded")
                || words.contains("file too large")) {
            return LossReason.DISK_FULL;
        }
        if (words.contains("no such file") || words.contains("not a directory")) {
            return LossReason.DIRECTORY_MISSING;
        }
        if (words.contains("read-only") || words.contains("permission denied") || words.contains("access is denied")
                || words.contains("not permitted")) {
            return LossReason.READ_ONLY;
        }
        return isGone(words) ? LossReason.CLOSED : LossReason.IO_ERROR;
    }

    private static boolean isGone(String words) {
        return words.contains("broken pipe") || words.contains("bad file descriptor")
                || words.contains("connection reset") || words.contains("pipe is being closed");
    }

    private static String words(Throwable failure) {
        String message = (failure instanceof FileSystemException system) ? system.getReason() : failure.getMessage();
        return (message != null) ? message.toLowerCase(Locale.ROOT) : "";
    }

    static WriteFailure of(IOException failure) {
        return (failure instanceof WriteFailure known) ? known : new WriteFailure(reasonOf(failure), 0, false, failure);
    }

}
