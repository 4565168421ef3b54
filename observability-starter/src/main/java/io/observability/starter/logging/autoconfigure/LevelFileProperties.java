package io.observability.starter.logging.autoconfigure;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import io.observability.starter.logging.delivery.Rotation;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationUnit;
import org.springframework.boot.logging.LogLevel;
import org.springframework.util.unit.DataSize;

/**
 * Settings of a file that takes the lines of some levels.
 *
 * @since 0.1.0
 */
public class LevelFileProperties {

    private static final Rotation DEFAULTS = Rotation.defaults();

    /**
     * Path of the file.
     */
    private @Nullable String path;

    /**
     * Lowest level that is written to the file.
     */
    private LogLevel minLevel = LogLevel.TRACE;

    /**
     * Highest level that is written to the file.
     */
    private LogLevel maxLevel = LogLevel.ERROR;

    /**
     * Size at which the file is put away. 0 for any size.
     */
    private DataSize maxSize = DataSize.ofBytes(DEFAULTS.maxBytes());

    /**
     * Time after which the file is put away.
     */
    private Rotation.Every rotate = DEFAULTS.every();

    /**
     * Age at which a file that was put away is deleted. 0 for never.
     */
    @DurationUnit(ChronoUnit.DAYS)
    private Duration maxAge = DEFAULTS.maxAge();

    /**
     * Size that the files that were put away may have together. 0 for any size.
     */
    private DataSize totalSize = DataSize.ofBytes(DEFAULTS.maxTotalBytes());

    /**
     * Whether a file that is put away is compressed.
     */
    private boolean compress = DEFAULTS.gzip();

    public @Nullable String getPath() {
        return this.path;
    }

    public void setPath(@Nullable String path) {
        this.path = path;
    }

    public LogLevel getMinLevel() {
        return this.minLevel;
    }

    public void setMinLevel(LogLevel minLevel) {
        this.minLevel = minLevel;
    }

    public LogLevel getMaxLevel() {
        return this.maxLevel;
    }

    public void setMaxLevel(LogLevel maxLevel) {
        this.maxLevel = maxLevel;
    }

    public DataSize getMaxSize() {
        return this.maxSize;
    }

    public void setMaxSize(DataSize maxSize) {
        this.maxSize = maxSize;
    }

    public Rotation.Every getRotate() {
        return this.rotate;
    }

    public void setRotate(Rotation.Every rotate) {
        this.rotate = rotate;
    }

    public Duration getMaxAge() {
        return this.maxAge;
    }

    public void setMaxAge(Duration maxAge) {
        this.maxAge = maxAge;
    }

    public DataSize getTotalSize() {
        return this.totalSize;
    }

    public void setTotalSize(DataSize totalSize) {
        this.totalSize = totalSize;
    }

    public boolean isCompress() {
        return this.compress;
    }

    public void setCompress(boolean compress) {
        this.compress = compress;
    }

}
