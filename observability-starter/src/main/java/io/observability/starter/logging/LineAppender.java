package io.observability.starter.logging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.spi.FilterAttachableImpl;
import ch.qos.logback.core.spi.FilterReply;
import ch.qos.logback.core.util.FileSize;
import io.observability.starter.logging.delivery.LineDelivery;
import io.observability.starter.logging.delivery.LossNotice;
import io.observability.starter.logging.line.LineFormat;
import io.observability.starter.logging.line.LineSchema;
import org.jspecify.annotations.Nullable;

/**
 * Logback's way into the starter's log lines: writes each event on the calling thread
 * into a reused buffer and hands the bytes to the destinations of its {@link LineSource
 * routes}. There is no lock that threads share, nothing is thrown into the caller, and an
 * event that is logged while another one is written is written too.
 * <p>
 * Named in a {@code logback.xml} without any settings it writes JSON lines to standard
 * output. Thread-safe once started.
 *
 * @since 0.1.0
 */
public final class LineAppender extends ContextAwareBase implements Appender<ILoggingEvent> {

    private final FilterAttachableImpl<ILoggingEvent> filters = new FilterAttachableImpl<>();

    private final LongAdder failed = new LongAdder();

    private final EventCounts events = new EventCounts();

    private @Nullable String name;

    private final PlainLines plain = new PlainLines();

    private LineSource source = this.plain;

    private volatile @Nullable OpenRoutes open;

    @Override
    public @Nullable String getName() {
        return this.name;
    }

    @Override
    public void setName(String name) {
        this.name = name;
    }

    /**
     * Set who says where the lines go, in place of the settings below.
     * @param source makes the routes when the appender starts
     */
    public void setSource(LineSource source) {
        this.source = source;
    }

    /**
     * Set the names of the line's members.
     * @param schema the id of a {@link LineSchema}
     */
    public void setSchema(String schema) {
        this.plain.schema = schema;
    }

    /**
     * Set the name of the service.
     * @param serviceName the name
     */
    public void setServiceName(String serviceName) {
        this.plain.serviceName = serviceName;
    }

    /**
     * Set the version of the service.
     * @param serviceVersion the version
     */
    public void setServiceVersion(String serviceVersion) {
        this.plain.serviceVersion = serviceVersion;
    }

    /**
     * Set the environment that the service runs in.
     * @param environment the environment
     */
    public void setEnvironment(String environment) {
        this.plain.environment = environment;
    }

    /**
     * Set an encoder that makes the lines in place of the starter's own.
     * @param encoder the encoder
     */
    public void setEncoder(Encoder<ILoggingEvent> encoder) {
        this.plain.encoder = encoder;
    }

    /**
     * Set whether a thread of its own writes.
     * @param async whether it does
     */
    public void setAsync(boolean async) {
        this.plain.async = async;
    }

    /**
     * Set what happens to a line that finds no room.
     * @param whenFull {@code block}, {@code drop} or {@code drop-debug-first}
     */
    public void setWhenFull(String whenFull) {
        this.plain.whenFull = whenFull;
    }

    /**
     * Set the memory for lines that wait.
     * @param ringSize the size, such as {@code 4MB}
     */
    public void setRingSize(FileSize ringSize) {
        this.plain.ringBytes = (int) Math.min(ringSize.getSize(), Integer.MAX_VALUE);
    }

    /**
     * Set the longest line; what does not fit is cut.
     * @param maxLine the size, from {@code 16KB} to {@code 1MB}, and at most a sixteenth
     * of the memory for lines that wait
     */
    public void setMaxLine(FileSize maxLine) {
        this.plain.maxLine = (int) Math.min(maxLine.getSize(), Integer.MAX_VALUE);
    }

    /**
     * Set the file that lines go to; standard output when there is none.
     * @param file the path of the file
     */
    public void setFile(String file) {
        this.plain.file = file;
    }

    /**
     * Set the size at which the file is put away.
     * @param maxFileSize the size, such as {@code 10MB}
     */
    public void setMaxFileSize(FileSize maxFileSize) {
        this.plain.maxFileBytes = maxFileSize.getSize();
    }

    /**
     * Set how long files that were put away are kept.
     * @param maxHistory the number of days, or 0 for ever
     */
    public void setMaxHistory(int maxHistory) {
        this.plain.maxHistory = maxHistory;
    }

    /**
     * Set the size that the files that were put away may have together.
     * @param totalSizeCap the size, such as {@code 1GB}, or 0 for any
     */
    public void setTotalSizeCap(FileSize totalSizeCap) {
        this.plain.totalBytes = totalSizeCap.getSize();
    }

    /**
     * Set the lowest level that is written.
     * @param minLevel the level
     */
    public void setMinLevel(Level minLevel) {
        this.plain.minLevel = minLevel;
    }

    /**
     * Set the highest level that is written.
     * @param maxLevel the level
     */
    public void setMaxLevel(Level maxLevel) {
        this.plain.maxLevel = maxLevel;
    }

    @Override
    public void start() {
        if (isStarted()) {
            return;
        }
        try {
            LossNotice notice = (getContext() instanceof LoggerContext context)
                    ? new LossLines(context, () -> this.open) : LossNotice.NONE;
            this.open = new OpenRoutes(this.source.routes(getContext()), notice, this.failed);
        }
        catch (IllegalArgumentException | IllegalStateException ex) {
            addError("Could not start the appender [" + this.name + "]: " + ex.getMessage(), ex);
        }
    }

    @Override
    public void stop() {
        OpenRoutes routes = this.open;
        if (routes != null) {
            // Closed first: what is logged meanwhile is counted, not thrown away.
            routes.close();
            this.open = null;
        }
    }

    @Override
    public boolean isStarted() {
        return this.open != null;
    }

    @Override
    public void doAppend(ILoggingEvent event) {
        OpenRoutes routes = this.open;
        if (routes == null) {
            return;
        }
        try {
            this.events.count(event.getLevel());
            if (getFilterChainDecision(event) != FilterReply.DENY) {
                routes.write(event);
            }
        }
        catch (Throwable ex) {
            this.failed.increment();
        }
    }

    /**
     * Wait until all lines that were logged before are written.
     * @param atMost how long to wait for each destination
     * @return whether they are written
     */
    public boolean flush(Duration atMost) {
        boolean written = true;
        for (LineDelivery delivery : deliveries()) {
            written &= delivery.flush(atMost);
        }
        return written;
    }

    /**
     * Deliveries to the destinations.
     * @return the deliveries, none unless the appender is started
     */
    public List<LineDelivery> deliveries() {
        OpenRoutes routes = this.open;
        return (routes != null) ? routes.deliveries() : List.of();
    }

    /**
     * Formats that lines are written in.
     * @return the formats, none unless the appender is started
     */
    public List<LineFormat> formats() {
        OpenRoutes routes = this.open;
        return (routes != null) ? routes.formats() : List.of();
    }

    /**
     * Events of a level that came in while the appender was started, whether they became
     * lines or not.
     * @param level one of Logback's five levels
     * @return the number of events since the appender was made
     */
    public long events(Level level) {
        return this.events.of(level);
    }

    /**
     * Events that became no line: a filter threw, or a {@code toString()} logged itself
     * too deep.
     * @return the number of events since the appender was made
     */
    public long failedEvents() {
        return this.failed.sum();
    }

    @Override
    public void addFilter(Filter<ILoggingEvent> filter) {
        this.filters.addFilter(filter);
    }

    @Override
    public void clearAllFilters() {
        this.filters.clearAllFilters();
    }

    @Override
    public List<Filter<ILoggingEvent>> getCopyOfAttachedFiltersList() {
        return new ArrayList<>(this.filters.getCopyOfAttachedFiltersList());
    }

    @Override
    public FilterReply getFilterChainDecision(ILoggingEvent event) {
        return this.filters.getFilterChainDecision(event);
    }

    @Override
    public String toString() {
        return getClass().getName() + "[" + this.name + "]";
    }

}
