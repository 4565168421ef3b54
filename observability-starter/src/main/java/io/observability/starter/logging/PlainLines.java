package io.observability.starter.logging;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.encoder.Encoder;
import io.observability.starter.logging.delivery.DeliverySettings;
import io.observability.starter.logging.delivery.FullPolicy;
import io.observability.starter.logging.delivery.LineDestination;
import io.observability.starter.logging.delivery.RollingFile;
import io.observability.starter.logging.delivery.Rotation;
import io.observability.starter.logging.delivery.StandardOutput;
import io.observability.starter.logging.line.JsonLineWriter;
import io.observability.starter.logging.line.LineFormat;
import io.observability.starter.logging.line.LineOptions;
import io.observability.starter.logging.line.LineSchema;
import io.observability.starter.logging.line.ServiceIdentity;
import io.observability.starter.logging.text.EncodedLineFormat;
import org.jspecify.annotations.Nullable;

/**
 * One route, from the settings of an appender in a {@code logback.xml}.
 */
final class PlainLines implements LineSource {

    private static final DeliverySettings DEFAULTS = DeliverySettings.defaults();

    String schema = LineSchema.LOGSTASH.id();

    String serviceName = ServiceIdentity.UNKNOWN;

    @Nullable String serviceVersion;

    @Nullable String environment;

    @Nullable Encoder<ILoggingEvent> encoder;

    boolean async = DEFAULTS.asynchronous();

    String whenFull = DEFAULTS.whenFull().name();

    int ringBytes = DEFAULTS.ringBytes();

    // 0 for the usual length, or what the ring holds.
    int maxLine;

    @Nullable String file;

    long maxFileBytes = Rotation.defaults().maxBytes();

    int maxHistory = (int) Rotation.defaults().maxAge().toDays();

    long totalBytes;

    Level minLevel = Level.TRACE;

    Level maxLevel = Level.ERROR;

    @Override
    public List<LineRoute> routes(Context context) {
        LineFormat json = new JsonLineWriter(LineSchema.of(this.schema),
                new ServiceIdentity(this.serviceName, this.serviceVersion, this.environment),
                LineOptions.defaults().withMaxLine(longestLine()));
        Encoder<ILoggingEvent> other = this.encoder;
        LineFormat format = (other != null) ? new EncodedLineFormat(other, json) : json;
        FullPolicy policy = FullPolicy.valueOf(this.whenFull.trim().toUpperCase(Locale.ROOT).replace('-', '_'));
        DeliverySettings settings = new DeliverySettings(this.async, policy, this.ringBytes, DEFAULTS.maxWait(),
                DEFAULTS.maxErrorWait(), DEFAULTS.shutdownTimeout());
        return List.of(new LineRoute(format, destination(), settings, this.minLevel, this.maxLevel));
    }

    private int longestLine() {
        int most = this.async ? DeliverySettings.longestLine(this.ringBytes) : Integer.MAX_VALUE;
        if (this.maxLine == 0) {
            return Math.max(Math.min(LineOptions.DEFAULT_LINE, most), LineOptions.MIN_LINE);
        }
        if (this.maxLine > most) {
            throw new IllegalArgumentException("maxLine is " + this.maxLine
                    + " but must be at most a sixteenth of ringSize, which is " + this.ringBytes);
        }
        return this.maxLine;
    }

    private Supplier<LineDestination> destination() {
        String path = this.file;
        if (path == null || path.isBlank()) {
            return StandardOutput::new;
        }
        Rotation rotation = new Rotation(this.maxFileBytes, Rotation.Every.DAY, ZoneId.systemDefault(), true,
                Duration.ofDays(this.maxHistory), 0, this.totalBytes);
        return () -> new RollingFile("file", Path.of(path).toAbsolutePath(), rotation);
    }

}
