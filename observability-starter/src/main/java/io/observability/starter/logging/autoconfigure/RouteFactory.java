package io.observability.starter.logging.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.encoder.Encoder;
import io.observability.starter.logging.LineRoute;
import io.observability.starter.logging.autoconfigure.LoggingPlan.Output;
import io.observability.starter.logging.delivery.DeliverySettings;
import io.observability.starter.logging.delivery.RollingFile;
import io.observability.starter.logging.delivery.Rotation;
import io.observability.starter.logging.delivery.StandardOutput;
import io.observability.starter.logging.line.JsonLineWriter;
import io.observability.starter.logging.line.LineFormat;
import io.observability.starter.logging.text.EncodedLineFormat;
import io.observability.starter.settings.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * Makes the routes of the log lines from the settings of the application, Spring Boot's
 * own ones among them.
 */
final class RouteFactory {

    private static final String ROLLING = "logging.logback.rollingpolicy.";

    private final Environment environment;

    private final LoggingPlan plan;

    private final LoggingProperties properties;

    private final ClassLoader classLoader;

    RouteFactory(Environment environment, LoggingPlan plan, LoggingProperties properties, ClassLoader classLoader) {
        this.environment = environment;
        this.plan = plan;
        this.properties = properties;
        this.classLoader = classLoader;
    }

    List<LineRoute> routes(Context context) {
        DeliverySettings settings = delivery(this.properties);
        LineFormat json = json(context);
        List<LineRoute> routes = new ArrayList<>();
        Level console = threshold("console");
        if (this.plan.console() == Output.LINES && console != Level.OFF) {
            LineFormat format = this.plan.json() ? json : TextPatterns.console(context, this.environment);
            routes.add(new LineRoute(format, StandardOutput::new, settings, console, Level.ERROR));
        }
        LineFormat inFiles = this.plan.jsonFile() ? json : TextPatterns.file(context);
        Level file = threshold("file");
        String path = this.plan.file();
        if (path != null && this.plan.fileOutput() == Output.LINES && file != Level.OFF) {
            Rotation rotation = rotation(this.environment);
            Path target = Path.of(path).toAbsolutePath();
            routes.add(new LineRoute(inFiles, () -> new RollingFile("file", target, rotation), settings, file,
                    Level.ERROR));
        }
        this.properties.getFiles().forEach((name, tier) -> {
            Path target = Path.of(String.valueOf(tier.getPath())).toAbsolutePath();
            routes.add(new LineRoute(inFiles, () -> new RollingFile(name, target, rotation(tier)), settings,
                    level(tier.getMinLevel().name()), level(tier.getMaxLevel().name())));
        });
        return routes;
    }

    /**
     * Check what is known only when routes are made.
     */
    void check() {
        rotation(this.environment);
        encoder(new LoggerContext());
    }

    static DeliverySettings delivery(LoggingProperties properties) {
        return new DeliverySettings(properties.isAsync(), properties.getWhenFull(),
                (int) properties.getRingSize().toBytes(), properties.getMaxWait(), properties.getMaxErrorWait(),
                properties.getShutdownTimeout());
    }

    static Rotation rotation(LevelFileProperties file) {
        return new Rotation(file.getMaxSize().toBytes(), file.getRotate(), ZoneId.systemDefault(), file.isCompress(),
                file.getMaxAge(), 0, file.getTotalSize().toBytes());
    }

    static Rotation rotation(Environment environment) {
        Rotation defaults = Rotation.defaults();
        return new Rotation(bytes(environment, "max-file-size", defaults.maxBytes()), Rotation.Every.DAY,
                ZoneId.systemDefault(), true, Duration.ofDays(environment.getProperty(ROLLING + "max-history",
                        Integer.class, (int) defaults.maxAge().toDays())),
                0, bytes(environment, "total-size-cap", 0));
    }

    private static long bytes(Environment environment, String property, long otherwise) {
        String value = environment.getProperty(ROLLING + property);
        if (!StringUtils.hasText(value)) {
            return otherwise;
        }
        try {
            return DataSize.parse(value).toBytes();
        }
        catch (IllegalArgumentException ex) {
            throw new InvalidSettingException(ROLLING + property, value, "a size such as 10MB");
        }
    }

    private LineFormat json(Context context) {
        LineFormat json = new JsonLineWriter(LoggingSettings.schema(this.properties),
                ServiceIdentities.from(this.environment), LoggingSettings.options(this.properties));
        Encoder<ILoggingEvent> encoder = encoder(context);
        return (encoder != null) ? new EncodedLineFormat(encoder, json) : json;
    }

    @SuppressWarnings("unchecked")
    private @Nullable Encoder<ILoggingEvent> encoder(Context context) {
        String name = this.properties.getEncoder();
        if (!StringUtils.hasText(name)) {
            return null;
        }
        try {
            Class<?> type = ClassUtils.forName(name, this.classLoader);
            Encoder<ILoggingEvent> encoder = (Encoder<ILoggingEvent>) BeanUtils
                .instantiateClass(type.asSubclass(Encoder.class));
            encoder.setContext(context);
            BeanWrapper settings = PropertyAccessorFactory.forBeanPropertyAccess(encoder);
            if (settings.isWritableProperty("includeContext")) {
                // The patterns that Spring Boot keeps in the context are no fields.
                settings.setPropertyValue("includeContext", false);
            }
            encoder.start();
            return encoder;
        }
        catch (ReflectiveOperationException | RuntimeException | LinkageError ex) {
            throw new InvalidSettingException("observability.logging.encoder", name,
                    "the class of a Logback encoder with a constructor without arguments");
        }
    }

    private Level threshold(String output) {
        return threshold(this.environment, output);
    }

    static boolean isConsoleOn(Environment environment) {
        return threshold(environment, "console") != Level.OFF;
    }

    private static Level threshold(Environment environment, String output) {
        if (output.equals("console") && !environment.getProperty("logging.console.enabled", Boolean.class, true)) {
            return Level.OFF;
        }
        String value = environment.getProperty("logging.threshold." + output);
        return StringUtils.hasText(value) ? level("false".equals(value) ? "OFF" : value) : Level.TRACE;
    }

    private static Level level(String name) {
        String level = name.toUpperCase(Locale.ROOT);
        return Level.toLevel(level.equals("FATAL") ? "ERROR" : level, Level.TRACE);
    }

}
