package io.observability.starter.logging.delivery;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * The files that were put away, named as Spring Boot names them:
 * {@code app.log.2026-11-21.0.gz}. What does not have such a name is never touched.
 * Compressing and deleting happen on a thread that lives for as long as that takes.
 */
final class RotatedFiles {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd");

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("yyyy-MM-dd_HH");

    private static final String COMPRESSED = ".gz";

    private static final String UNFINISHED = ".gz.tmp";

    private final Path path;

    private final String fileName;

    private final Rotation rotation;

    private final Clock clock;

    private final Pattern pattern;

    private final AtomicBoolean tidying = new AtomicBoolean();

    private final AtomicBoolean wanted = new AtomicBoolean();

    RotatedFiles(Path path, Rotation rotation, Clock clock) {
        this.path = path;
        this.fileName = String.valueOf(path.getFileName());
        this.rotation = rotation;
        this.clock = clock;
        this.pattern = Pattern.compile(Pattern.quote(this.fileName)
                + "\\.(\\d{4}-\\d{2}-\\d{2}(?:_\\d{2})?)\\.(\\d{1,9})(\\.gz|\\.gz\\.tmp)?");
    }

    // End of the hour or day of a time, in milliseconds since the epoch.
    long periodEnd(long millis) {
        ZonedDateTime time = Instant.ofEpochMilli(millis).atZone(this.rotation.zone());
        return switch (this.rotation.every()) {
            case NEVER -> Long.MAX_VALUE;
            case HOUR -> time.truncatedTo(ChronoUnit.HOURS).plusHours(1).toInstant().toEpochMilli();
            case DAY -> time.toLocalDate().plusDays(1).atStartOfDay(this.rotation.zone()).toInstant().toEpochMilli();
        };
    }

    // Rename the file to the next free name of its period.
    void putAway(long periodEnd) throws IOException {
        long within = (periodEnd == Long.MAX_VALUE) ? this.clock.millis() : periodEnd - 1;
        String period = ((this.rotation.every() == Rotation.Every.HOUR) ? HOUR : DAY)
            .format(Instant.ofEpochMilli(within).atZone(this.rotation.zone()));
        int number = 0;
        for (Path file : list()) {
            Matcher name = match(file);
            if (name.group(1).equals(period)) {
                number = Math.max(number, Integer.parseInt(name.group(2)) + 1);
            }
        }
        // A list may miss a file that is being compressed: it has seen the place of the
        // new name before it was there, and that of the old one after it was gone.
        String name = this.fileName + "." + period + ".";
        while (isTaken(name + number)) {
            number++;
        }
        Files.move(this.path, sibling(name + number));
        tidy();
    }

    // Asked in this order: the compressed file is there before the other one goes.
    private boolean isTaken(String name) {
        return Files.exists(sibling(name)) || Files.exists(sibling(name + COMPRESSED));
    }

    // Compress and delete what is to be, if that is not being done.
    void tidy() {
        this.wanted.set(true);
        if (this.tidying.compareAndSet(false, true)) {
            try {
                Thread thread = new Thread(null, this::tidyWhileWanted, "observability-log-rotation", 0, false);
                thread.setDaemon(true);
                thread.start();
            }
            catch (OutOfMemoryError ex) {
                // No thread is to be had; the next rotation asks again.
                this.tidying.set(false);
            }
        }
    }

    /**
     * Whether files are being compressed or deleted.
     * @return whether they are, or are about to be
     */
    boolean isTidying() {
        return this.tidying.get();
    }

    private void tidyWhileWanted() {
        while (this.wanted.getAndSet(false)) {
            try {
                compressAll();
                deleteOld();
            }
            catch (IOException | RuntimeException ex) {
                // Files stay as they are until the next rotation.
            }
        }
        this.tidying.set(false);
        if (this.wanted.get()) {
            tidy();
        }
    }

    private void compressAll() throws IOException {
        for (Path file : list()) {
            String name = String.valueOf(file.getFileName());
            if (name.endsWith(UNFINISHED)) {
                Files.deleteIfExists(file);
            }
            else if (this.rotation.gzip() && !name.endsWith(COMPRESSED)) {
                compress(file, name);
            }
        }
    }

    // Under its final name a file is always whole.
    private void compress(Path file, String name) throws IOException {
        FileTime time = Files.getLastModifiedTime(file);
        Path unfinished = sibling(name + UNFINISHED);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(unfinished), 1 << 16)) {
            Files.copy(file, out);
        }
        catch (IOException ex) {
            Files.deleteIfExists(unfinished);
            throw ex;
        }
        Files.setLastModifiedTime(unfinished, time);
        Files.move(unfinished, sibling(name + COMPRESSED), StandardCopyOption.REPLACE_EXISTING);
        Files.delete(file);
    }

    private void deleteOld() throws IOException {
        List<Rotated> files = new ArrayList<>();
        for (Path file : list()) {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            Matcher name = match(file);
            files.add(new Rotated(file, name.group(1), Integer.parseInt(name.group(2)),
                    attributes.lastModifiedTime().toMillis(), attributes.size()));
        }
        files.sort(Comparator.comparing(Rotated::period).thenComparing(Rotated::number).reversed());
        long oldest = this.rotation.maxAge().isZero() ? Long.MIN_VALUE
                : this.clock.millis() - this.rotation.maxAge().toMillis();
        long bytes = 0;
        int count = 0;
        for (Rotated file : files) {
            bytes += file.size();
            count++;
            if (file.lastModified() < oldest || (this.rotation.maxFiles() > 0 && count > this.rotation.maxFiles())
                    || (this.rotation.maxTotalBytes() > 0 && bytes > this.rotation.maxTotalBytes())) {
                Files.deleteIfExists(file.path());
            }
        }
    }

    private List<Path> list() throws IOException {
        List<Path> files = new ArrayList<>();
        Path directory = this.path.getParent();
        if (directory != null) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
                for (Path file : all) {
                    if (this.pattern.matcher(String.valueOf(file.getFileName())).matches()) {
                        files.add(file);
                    }
                }
            }
        }
        return files;
    }

    private Matcher match(Path file) {
        Matcher matcher = this.pattern.matcher(String.valueOf(file.getFileName()));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(file + " was not put away by us");
        }
        return matcher;
    }

    private Path sibling(String name) {
        return this.path.resolveSibling(name);
    }

    private record Rotated(Path path, String period, int number, long lastModified, long size) {

    }

}
