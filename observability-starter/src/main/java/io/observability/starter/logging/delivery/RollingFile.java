package io.observability.starter.logging.delivery;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A file that is put away by size and time. Before a write it is made sure that the file
 * is still there, so that one that was deleted or put away by somebody else is opened
 * anew, with its directory; and that nothing is left of a write that failed half-way. A
 * rotation that fails is tried again a minute later, while the file goes on being
 * written.
 * <p>
 * Written as a stream and not through a channel: a channel is closed when the thread that
 * writes is interrupted.
 *
 * @since 0.1.0
 */
public final class RollingFile implements LineDestination {

    // Asking whether the file is there costs a few microseconds.
    private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    private static final long ROTATION_RETRY_MILLIS = TimeUnit.MINUTES.toMillis(1);

    private final String name;

    private final Path path;

    private final Rotation rotation;

    private final Clock clock;

    private final RotatedFiles rotated;

    private @Nullable FileOutputStream output;

    private @Nullable FileState state;

    // What the file holds, as long as nobody else writes.
    private long size;

    private boolean torn;

    private long checkedAt;

    private long periodEnd;

    private long noRotationBefore;

    /**
     * Create a destination. The file is opened by the first write.
     * @param name name of the destination, as in metrics
     * @param path the file
     * @param rotation when it is put away
     */
    public RollingFile(String name, Path path, Rotation rotation) {
        this(name, path, rotation, Clock.systemUTC());
    }

    RollingFile(String name, Path path, Rotation rotation, Clock clock) {
        this.name = name;
        this.path = path.toAbsolutePath();
        this.rotation = rotation;
        this.clock = clock;
        this.rotated = new RotatedFiles(this.path, rotation, clock);
    }

    @Override
    public String name() {
        return this.name;
    }

    /**
     * The file that is written.
     * @return its absolute path
     */
    public Path path() {
        return this.path;
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
        int done = 0;
        while (done < length) {
            FileOutputStream output = ready(done);
            int part = part(bytes, offset + done, length - done);
            if (part == 0) {
                rotate();
            }
            else {
                append(output, bytes, offset, done, part);
                done += part;
            }
        }
    }

    // The open file with room in it.
    private FileOutputStream ready(int done) throws IOException {
        try {
            checkThatItIsThere();
            if (this.output != null && isDue()) {
                rotate();
            }
            FileOutputStream output = this.output;
            return (output != null) ? output : open();
        }
        catch (IOException ex) {
            closeQuietly();
            throw new WriteFailure(Failures.reasonOf(ex), done, false, ex);
        }
    }

    private void append(FileOutputStream output, byte[] bytes, int offset, int done, int part) throws IOException {
        boolean mend = this.torn;
        try {
            if (mend) {
                output.write('\n');
                this.torn = false;
            }
            output.write(bytes, offset + done, part);
            this.size += part + (mend ? 1 : 0);
        }
        catch (IOException ex) {
            int kept = cutBack(output, part, mend);
            closeQuietly();
            throw new WriteFailure(Failures.reasonOf(ex), done + kept, false, ex);
        }
    }

    // As many whole lines as the file has room for, and at least one if it is empty.
    private int part(byte[] bytes, int offset, int length) {
        if (this.rotation.maxBytes() == 0 || this.size + length <= this.rotation.maxBytes() || !mayRotate()) {
            return length;
        }
        int room = (int) Math.max(0, this.rotation.maxBytes() - this.size);
        for (int end = room; end > 0; end--) {
            if (bytes[offset + end - 1] == '\n') {
                return end;
            }
        }
        if (this.size > 0) {
            return 0;
        }
        int end = 1;
        while (end < length && bytes[offset + end - 1] != '\n') {
            end++;
        }
        return end;
    }

    private boolean isDue() {
        long now = this.clock.millis();
        return this.size > 0 && mayRotate()
                && (now >= this.periodEnd || (this.rotation.maxBytes() > 0 && this.size >= this.rotation.maxBytes()));
    }

    private boolean mayRotate() {
        FileState state = this.state;
        return state != null && state.isRegular() && this.clock.millis() >= this.noRotationBefore;
    }

    private void rotate() {
        closeQuietly();
        try {
            this.rotated.putAway(this.periodEnd);
            this.size = 0;
        }
        catch (IOException ex) {
            this.noRotationBefore = this.clock.millis() + ROTATION_RETRY_MILLIS;
        }
    }

    private void checkThatItIsThere() throws IOException {
        long now = System.nanoTime();
        if (this.output == null || now - this.checkedAt < CHECK_NANOS) {
            return;
        }
        this.checkedAt = now;
        FileState state = FileState.of(this.path);
        if (state == null || !state.isSameFile(this.state)) {
            closeQuietly();
        }
        else if (state.isRegular()) {
            this.size = state.size();
        }
    }

    private FileOutputStream open() throws IOException {
        FileState.makeDirectory(this.path);
        FileOutputStream output = new FileOutputStream(this.path.toFile(), true);
        this.output = output;
        FileState state = FileState.of(this.path);
        this.state = state;
        this.checkedAt = System.nanoTime();
        this.size = (state != null) ? state.size() : 0;
        this.torn = this.size > 0 && !FileState.endsWithLineFeed(this.path);
        long since = (this.size > 0 && state != null) ? state.lastModified() : this.clock.millis();
        this.periodEnd = this.rotated.periodEnd(since);
        this.rotated.tidy();
        return output;
    }

    // Leave nothing of a part that was not written whole; returns what had to stay.
    private int cutBack(FileOutputStream output, int part, boolean mended) {
        FileState state = this.state;
        if (state == null || !state.isRegular()) {
            return 0;
        }
        // A channel of an interrupted thread would close.
        boolean interrupted = Thread.interrupted();
        try {
            FileChannel channel = output.getChannel();
            long more = channel.size() - this.size;
            if (more <= 0 || more > part + 1L) {
                // Somebody else wrote as well, and that is not ours to cut off.
                return 0;
            }
            try {
                channel.truncate(this.size);
                return 0;
            }
            catch (IOException ex) {
                return (int) Math.max(0, more - (mended ? 1 : 0));
            }
        }
        catch (IOException ex) {
            return 0;
        }
        finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void closeQuietly() {
        try {
            close();
        }
        catch (IOException ex) {
            // It is opened anew.
        }
    }

    @Override
    public void close() throws IOException {
        FileOutputStream output = this.output;
        this.output = null;
        if (output != null) {
            output.close();
        }
    }

    boolean isTidying() {
        return this.rotated.isTidying();
    }

}
