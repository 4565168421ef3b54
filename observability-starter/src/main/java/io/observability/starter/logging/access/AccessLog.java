package io.observability.starter.logging.access;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.observability.starter.context.BusinessTags;
import io.observability.starter.context.ContextField;
import io.observability.starter.context.RequestTags;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventAware;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes one line for each request that ends: at {@code INFO}, at {@code WARN} for a
 * status from 500 on or an exception that left the application. A failure to write is
 * said once and never reaches the request. Thread-safe.
 *
 * @since 0.1.0
 */
public final class AccessLog {

    /** Name of the logger. */
    public static final String LOGGER = "io.observability.access";

    private static final String OTHER_METHOD = "_other";

    private static final int SERVER_ERROR = 500;

    private static final int NANOS_PER_MICRO = 1000;

    private static final int MILLIS_WITH_MICROS = 3;

    private static final int FIELDS = AccessField.values().length;

    // What is the same on many lines is made once. The methods are those of RFC 9110 and
    // RFC 5789; any other is a stranger's text.
    private static final Map<String, KeyValuePair> METHODS = Stream
        .of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", OTHER_METHOD)
        .collect(Collectors.toUnmodifiableMap((name) -> name, (name) -> pair(AccessField.HTTP_METHOD, name)));

    private static final Map<String, KeyValuePair> PROTOCOLS = Stream
        .of("HTTP/1.0", "HTTP/1.1", "HTTP/2.0", "HTTP/2", "HTTP/3.0")
        .collect(Collectors.toUnmodifiableMap((name) -> name, (name) -> pair(AccessField.HTTP_PROTOCOL, name)));

    private static final KeyValuePair[] STATUSES = statuses();

    private final Logger logger = LoggerFactory.getLogger(LOGGER);

    private final AtomicBoolean failureSaid = new AtomicBoolean();

    private final AccessLinePolicy policy;

    private final LongSupplier nanoTime;

    /**
     * Create a log.
     * @param policy which requests have a line
     * @param nanoTime the time in nanoseconds, of any origin
     */
    public AccessLog(AccessLinePolicy policy, LongSupplier nanoTime) {
        this.policy = policy;
        this.nanoTime = nanoTime;
    }

    /**
     * Begin a request.
     * @param method its method, as it was received
     * @return the record of the request
     */
    public AccessRecord begin(String method) {
        return new AccessRecord(METHODS.containsKey(method) ? method : OTHER_METHOD, this.nanoTime.getAsLong());
    }

    /**
     * End a request, and write its line unless it has ended before.
     * @param request the record of the request
     * @param status the status code of the answer
     * @param route the template of the path that was matched, or {@code _unmatched}
     */
    public void end(AccessRecord request, int status, String route) {
        if (!request.end()) {
            return;
        }
        try {
            long nanos = this.nanoTime.getAsLong() - request.startNanos;
            Level level = (status >= SERVER_ERROR || request.outcome == AccessOutcome.EXCEPTION) ? Level.WARN
                    : Level.INFO;
            if (this.logger.isEnabledForLevel(level) && this.policy.shouldLog(status, nanos, route)) {
                write(request, status, route, nanos, level);
            }
        }
        catch (RuntimeException ex) {
            failed(ex);
        }
    }

    /**
     * Say, once, that a line could not be written.
     * @param failure the reason
     */
    public void failed(RuntimeException failure) {
        if (this.failureSaid.compareAndSet(false, true)) {
            this.logger.warn("An access line could not be written; said once", failure);
        }
    }

    private void write(AccessRecord request, int status, String route, long nanos, Level level) {
        RequestTags tags = request.tags;
        if (tags == null && request.requestId == null && request.traceId == null) {
            BusinessTags.refresh();
            log(request, status, route, nanos, level);
            return;
        }
        String traceId = replace(ContextField.TRACE_ID, request.traceId);
        String spanId = replace(ContextField.SPAN_ID, request.spanId);
        String requestId = replace(ContextField.REQUEST_ID, request.requestId);
        try (BusinessTags.Scope scope = BusinessTags.open((tags != null) ? tags : new RequestTags())) {
            log(request, status, route, nanos, level);
        }
        finally {
            replace(ContextField.TRACE_ID, traceId);
            replace(ContextField.SPAN_ID, spanId);
            replace(ContextField.REQUEST_ID, requestId);
        }
    }

    private void log(AccessRecord request, int status, String route, long nanos, Level level) {
        KeyValuePair statusPair = status(status);
        // Three decimals: microseconds. Its text is made once, for message and field.
        BigDecimal millis = BigDecimal.valueOf(nanos / NANOS_PER_MICRO, MILLIS_WITH_MICROS);
        List<KeyValuePair> pairs = pairs(request, statusPair, route, millis);
        Object[] arguments = { request.method, route, statusPair.value, millis };
        if (this.logger instanceof LoggingEventAware backend) {
            backend.log(new AccessEvent(LOGGER, level, arguments, pairs));
        }
        else {
            LoggingEventBuilder builder = this.logger.atLevel(level);
            for (KeyValuePair pair : pairs) {
                builder = builder.addKeyValue(pair.key, pair.value);
            }
            builder.log(AccessEvent.MESSAGE, arguments);
        }
    }

    private static List<KeyValuePair> pairs(AccessRecord request, KeyValuePair status, String route,
            BigDecimal millis) {
        List<KeyValuePair> pairs = new ArrayList<>(FIELDS);
        pairs.add(METHODS.get(request.method));
        pairs.add(pair(AccessField.HTTP_ROUTE, route));
        add(pairs, AccessField.HTTP_PATH, request.path);
        pairs.add(status);
        pairs.add(pair(AccessField.DURATION_MS, millis));
        if (request.requestBytes >= 0) {
            pairs.add(pair(AccessField.REQUEST_BYTES, request.requestBytes));
        }
        if (request.responseBytes >= 0) {
            pairs.add(pair(AccessField.RESPONSE_BYTES, request.responseBytes));
        }
        if (request.protocol != null) {
            KeyValuePair known = PROTOCOLS.get(request.protocol);
            pairs.add((known != null) ? known : pair(AccessField.HTTP_PROTOCOL, request.protocol));
        }
        if (request.outcome != null) {
            pairs.add(pair(AccessField.HTTP_OUTCOME, request.outcome.value()));
        }
        add(pairs, AccessField.CLIENT_ADDRESS, request.clientAddress);
        add(pairs, AccessField.USER_AGENT, request.userAgent);
        return pairs;
    }

    private static void add(List<KeyValuePair> pairs, AccessField field, @Nullable String value) {
        if (value != null) {
            pairs.add(pair(field, value));
        }
    }

    private static KeyValuePair pair(AccessField field, Object value) {
        return new KeyValuePair(field.key(), value);
    }

    private static KeyValuePair status(int status) {
        return (status >= 0 && status < STATUSES.length) ? STATUSES[status] : pair(AccessField.HTTP_STATUS, status);
    }

    private static KeyValuePair[] statuses() {
        KeyValuePair[] statuses = new KeyValuePair[600];
        for (int i = 0; i < statuses.length; i++) {
            statuses[i] = pair(AccessField.HTTP_STATUS, i);
        }
        return statuses;
    }

    private static @Nullable String replace(ContextField field, @Nullable String value) {
        String before = MDC.get(field.key());
        if (value != null) {
            MDC.put(field.key(), value);
        }
        else {
            MDC.remove(field.key());
        }
        return before;
    }

}
