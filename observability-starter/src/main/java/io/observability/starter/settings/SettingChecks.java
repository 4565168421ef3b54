package io.observability.starter.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Checks of configuration values, run once at start. Each returns the value it was given
 * or throws an {@link InvalidSettingException} that names property, value and range.
 *
 * @since 0.1.0
 */
public final class SettingChecks {

    private static final Pattern HTTP_PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+");

    // RFC 9110, section 5.1: a field name is a token.
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}");

    private SettingChecks() {
    }

    /**
     * Check a number against a closed range; {@code NaN} is in no range.
     * @param property the name of the property
     * @param value the value
     * @param min the lowest value allowed
     * @param max the highest value allowed
     * @return the value
     */
    public static double inRange(String property, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new InvalidSettingException(property, value, "a number from %s to %s".formatted(min, max));
        }
        return value;
    }

    /**
     * Check an integer against a closed range.
     * @param property the name of the property
     * @param value the value
     * @param min the lowest value allowed
     * @param max the highest value allowed
     * @return the value
     */
    public static int inRange(String property, int value, int min, int max) {
        if (value < min || value > max) {
            throw new InvalidSettingException(property, value, "a whole number from %d to %d".formatted(min, max));
        }
        return value;
    }

    /**
     * Check a duration against a closed range.
     * @param property the name of the property
     * @param value the value
     * @param min the shortest duration allowed
     * @param max the longest duration allowed
     * @return the value
     */
    public static Duration inRange(String property, @Nullable Duration value, Duration min, Duration max) {
        if (value == null || value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new InvalidSettingException(property, (value != null) ? text(value) : null,
                    "a duration from %s to %s".formatted(text(min), text(max)));
        }
        return value;
    }

    /**
     * Check a path of a URL: one or more segments of unreserved characters, no wildcard.
     * @param property the name of the property
     * @param value the value
     * @return the value
     */
    public static String httpPath(String property, @Nullable String value) {
        if (value == null || !HTTP_PATH.matcher(value).matches()) {
            throw new InvalidSettingException(property, value,
                    "a path such as '/healthz': '/' and then letters, digits, '.', '_', '~', '-'");
        }
        return value;
    }

    /**
     * Check the name of an HTTP header (a token of RFC 9110, at most 64 characters).
     * @param property the name of the property
     * @param value the value
     * @return the value
     */
    public static String headerName(String property, @Nullable String value) {
        if (value == null || !HEADER_NAME.matcher(value).matches()) {
            throw new InvalidSettingException(property, value,
                    "the name of an HTTP header: 1 to 64 letters, digits or one of !#$%&'*+.^_`|~-");
        }
        return value;
    }

    /**
     * Check that a file can be written: its folder exists or can be made, and the file
     * can be opened for appending.
     * @param property the name of the property
     * @param value the path of the file
     * @return the path
     */
    public static Path writableFile(String property, String value) {
        try {
            Path file = Path.of(value).toAbsolutePath();
            Path folder = file.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            if (Files.exists(file) ? (Files.isRegularFile(file) && Files.isWritable(file))
                    : (folder != null && Files.isWritable(folder))) {
                return file;
            }
        }
        catch (IOException | InvalidPathException | SecurityException ex) {
            // Said below, with the name of the property.
        }
        throw new InvalidSettingException(property, value, "the path of a file that this process can write");
    }

    private static String text(Duration duration) {
        if (duration.toMillis() % 1000 != 0 || duration.isZero()) {
            return duration.toMillis() + "ms";
        }
        long seconds = duration.toSeconds();
        if (seconds % 3600 == 0) {
            return (seconds / 3600) + "h";
        }
        return (seconds % 60 == 0) ? (seconds / 60) + "m" : seconds + "s";
    }

}
