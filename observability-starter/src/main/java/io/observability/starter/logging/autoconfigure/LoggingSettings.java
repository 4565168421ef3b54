package io.observability.starter.logging.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.observability.starter.logging.delivery.DeliverySettings;
import io.observability.starter.logging.line.LineOptions;
import io.observability.starter.logging.line.LineSchema;
import io.observability.starter.logging.line.StackOptions;
import io.observability.starter.logging.redaction.Redaction;
import io.observability.starter.logging.redaction.SecretKind;
import io.observability.starter.settings.InvalidSettingException;
import io.observability.starter.settings.SettingChecks;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/**
 * The settings of the log lines, read from the environment and checked. The one place
 * where they are, since lines are written before there is an application context.
 */
final class LoggingSettings {

    private static final String PREFIX = "observability.logging";

    private static final String PATTERN = "logging.logback.rollingpolicy.file-name-pattern";

    private static final String DEFAULT_PATTERN = "${LOG_FILE}.%d{yyyy-MM-dd}.%i.gz";

    private static final int MAX_REQUIRED_FIELDS = 8;

    private static final int MAX_FIELD_NAME = 64;

    // The schemas are made of Logback's levels, and an application may use Log4j 2.
    private static final boolean LOGBACK = ClassUtils.isPresent("ch.qos.logback.classic.Level",
            LoggingSettings.class.getClassLoader());

    private LoggingSettings() {
    }

    static boolean enabled(Environment environment) {
        return environment.getProperty("observability.enabled", Boolean.class, true)
                && environment.getProperty(PREFIX + ".enabled", Boolean.class, true);
    }

    /**
     * Read and check the settings.
     * @param environment the environment
     * @return the settings
     * @throws InvalidSettingException if one is not allowed
     */
    static LoggingProperties of(Environment environment) {
        LoggingProperties properties = bind(environment);
        if (LOGBACK) {
            schema(properties);
        }
        size("ring-size", properties.getRingSize(), DeliverySettings.MIN_RING_BYTES, DeliverySettings.MAX_RING_BYTES);
        size("max-line", properties.getMaxLine(), LineOptions.MIN_LINE, LineOptions.MAX_LINE);
        fitIntoRing(properties, environment);
        options(properties);
        SettingChecks.inRange(PREFIX + ".max-wait", properties.getMaxWait(), Duration.ZERO, Duration.ofSeconds(10));
        SettingChecks.inRange(PREFIX + ".max-error-wait", properties.getMaxErrorWait(), Duration.ZERO,
                Duration.ofSeconds(10));
        SettingChecks.inRange(PREFIX + ".shutdown-timeout", properties.getShutdownTimeout(), Duration.ZERO,
                Duration.ofMinutes(5));
        properties.getFiles().forEach(LoggingSettings::check);
        String pattern = environment.getProperty(PATTERN);
        if (pattern != null && !pattern.equals(DEFAULT_PATTERN)) {
            throw new InvalidSettingException(PATTERN, pattern,
                    "left out: the starter names the files that it puts away by date and number");
        }
        return properties;
    }

    // A line that the ring can't hold would be lost. The length that nobody chose gives
    // way.
    private static void fitIntoRing(LoggingProperties properties, Environment environment) {
        int longest = DeliverySettings.longestLine(properties.getRingSize().toBytes());
        if (!properties.isAsync() || properties.getMaxLine().toBytes() <= longest) {
            return;
        }
        if (Binder.get(environment).bind(PREFIX + ".max-line", DataSize.class).isBound()) {
            throw new InvalidSettingException(PREFIX + ".max-line", text(properties.getMaxLine().toBytes()),
                    "at most a sixteenth of %s.ring-size, here %s".formatted(PREFIX, text(longest)));
        }
        properties.setMaxLine(DataSize.ofBytes(longest));
    }

    /**
     * Make the schema.
     * @param properties the settings
     * @return the schema, with the names that the application changes
     */
    static LineSchema schema(LoggingProperties properties) {
        LineSchema schema;
        try {
            schema = LineSchema.of(properties.getSchema());
        }
        catch (IllegalArgumentException ex) {
            throw new InvalidSettingException(PREFIX + ".schema", properties.getSchema(),
                    "one of " + LineSchema.known().stream().map(LineSchema::id).collect(Collectors.joining(", ")));
        }
        try {
            return properties.getNames().isEmpty() ? schema : schema.withNames(properties.getNames());
        }
        catch (IllegalArgumentException ex) {
            throw new InvalidSettingException(PREFIX + ".names", properties.getNames(),
                    "names that can stand on one line. " + ex.getMessage());
        }
    }

    /**
     * Make what else there is to choose about a line.
     * @param properties the settings
     * @return the options
     */
    static LineOptions options(LoggingProperties properties) {
        StackProperties stack = properties.getStack();
        StackOptions standard = StackOptions.standard();
        SettingChecks.inRange(PREFIX + ".stack.max-frames", stack.getMaxFrames(), 1, standard.maxFrames());
        int maxLine = (int) properties.getMaxLine().toBytes();
        int maxStack = StackOptions.mostBytes(maxLine);
        DataSize stackSize = Objects.requireNonNullElse(stack.getMaxSize(), DataSize.ofBytes(maxStack));
        size("stack.max-size", stackSize, 1024, maxStack);
        Set<String> contextKeys = properties.getContextKeys();
        return new LineOptions(redaction(properties.getRedaction()), contextKeys.isEmpty() ? null : contextKeys,
                new StackOptions(stack.getMaxFrames(), (int) stackSize.toBytes(), stack.isRootCauseFirst(),
                        stack.getCollapsedPackages()),
                requiredFields(properties.getRequiredFields()), maxLine);
    }

    private static Set<String> requiredFields(Set<String> fields) {
        boolean named = fields.stream().allMatch((field) -> !field.isBlank() && field.length() <= MAX_FIELD_NAME);
        if (!named || fields.size() > MAX_REQUIRED_FIELDS) {
            throw new InvalidSettingException(PREFIX + ".required-fields", String.join(",", fields),
                    "at most %d names of fields, each 1 to %d characters long".formatted(MAX_REQUIRED_FIELDS,
                            MAX_FIELD_NAME));
        }
        return fields;
    }

    private static Redaction redaction(RedactionProperties settings) {
        if (!settings.isEnabled()) {
            return Redaction.none();
        }
        Set<SecretKind> kinds = EnumSet.allOf(SecretKind.class);
        if (!settings.isEmail()) {
            kinds.remove(SecretKind.EMAIL);
        }
        List<String> keys = new ArrayList<>(Redaction.standardKeys());
        keys.addAll(settings.getKeys());
        List<String> allowed = new ArrayList<>(Redaction.standardAllowedKeys());
        allowed.addAll(settings.getAllowedKeys());
        try {
            return Redaction.of(keys, allowed, kinds);
        }
        catch (IllegalArgumentException ex) {
            throw new InvalidSettingException(PREFIX + ".redaction.keys",
                    settings.getKeys() + " and allowed " + settings.getAllowedKeys(),
                    "globs of which each has a letter or a digit");
        }
    }

    private static void check(String name, LevelFileProperties file) {
        String prefix = "files." + name + ".";
        SettingChecks.writableFile(PREFIX + "." + prefix + "path", Objects.requireNonNullElse(file.getPath(), ""));
        if (file.getMinLevel().compareTo(file.getMaxLevel()) > 0) {
            throw new InvalidSettingException(PREFIX + "." + prefix + "min-level", file.getMinLevel(),
                    "at most the max-level, " + file.getMaxLevel());
        }
        long most = DataSize.ofTerabytes(1).toBytes();
        size(prefix + "max-size", file.getMaxSize(), 0, most);
        size(prefix + "total-size", file.getTotalSize(), 0, most * 1024);
        SettingChecks.inRange(PREFIX + "." + prefix + "max-age", file.getMaxAge(), Duration.ZERO,
                Duration.ofDays(36500));
    }

    private static void size(String property, DataSize size, long min, long max) {
        if (size.toBytes() < min || size.toBytes() > max) {
            throw new InvalidSettingException(PREFIX + "." + property, text(size.toBytes()),
                    "a size from %s to %s".formatted(text(min), text(max)));
        }
    }

    private static String text(long bytes) {
        String[] units = { "B", "KB", "MB", "GB", "TB" };
        long size = bytes;
        int unit = 0;
        while (unit < units.length - 1 && size != 0 && size % 1024 == 0) {
            size /= 1024;
            unit++;
        }
        return size + units[unit];
    }

    private static LoggingProperties bind(Environment environment) {
        try {
            return Binder.get(environment)
                .bind(PREFIX, Bindable.of(LoggingProperties.class))
                .orElseGet(LoggingProperties::new);
        }
        catch (BindException ex) {
            ConfigurationProperty property = ex.getProperty();
            throw new InvalidSettingException(ex.getName().toString(), (property != null) ? property.getValue() : null,
                    allowed(ex.getTarget().getType().resolve(Object.class)));
        }
    }

    private static String allowed(Class<?> type) {
        Object[] constants = type.getEnumConstants();
        if (constants != null) {
            return Arrays.stream(constants)
                .map((constant) -> constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", ", "one of ", ""));
        }
        return EXAMPLES.getOrDefault(type, "a value of another form");
    }

    private static final Map<Class<?>, String> EXAMPLES = Map.of(Duration.class, "a duration such as 500ms or 7d",
            DataSize.class, "a size such as 10MB", boolean.class, "true or false", Boolean.class, "true or false",
            int.class, "a whole number");

}
