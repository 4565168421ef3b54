package io.observability.starter.logging.access;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.observability.starter.context.ContextField;
import io.observability.starter.context.RequestTags;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * One request between its begin and its line. It ends once, however often it is told to;
 * what is set before the end is seen by the thread that ends it, since the container
 * hands the request over between them. Thread-safe in that sense.
 *
 * @since 0.1.0
 */
public final class AccessRecord {

    /** A number of bytes that is not known. */
    public static final long UNKNOWN = -1;

    private static final AtomicIntegerFieldUpdater<AccessRecord> ENDED = AtomicIntegerFieldUpdater
        .newUpdater(AccessRecord.class, "ended");

    final String method;

    final long startNanos;

    @Nullable String path;

    @Nullable String protocol;

    @Nullable String clientAddress;

    @Nullable String userAgent;

    @Nullable AccessOutcome outcome;

    long requestBytes = UNKNOWN;

    long responseBytes = UNKNOWN;

    @Nullable String traceId;

    @Nullable String spanId;

    @Nullable String requestId;

    @Nullable RequestTags tags;

    private volatile int ended;

    AccessRecord(String method, long startNanos) {
        this.method = method;
        this.startNanos = startNanos;
    }

    /**
     * Set the path.
     * @param path the path without the query, {@code null} to leave it out
     */
    public void path(@Nullable String path) {
        this.path = path;
    }

    /**
     * Set the protocol.
     * @param protocol the protocol with its version
     */
    public void protocol(@Nullable String protocol) {
        this.protocol = protocol;
    }

    /**
     * Set who asks.
     * @param address the client's address, {@code null} to leave it out
     * @param userAgent what the client says that it is, {@code null} to leave it out
     */
    public void client(@Nullable String address, @Nullable String userAgent) {
        this.clientAddress = address;
        this.userAgent = userAgent;
    }

    /**
     * Set the size of the request's body.
     * @param bytes the number of bytes or {@link #UNKNOWN}
     */
    public void requestBytes(long bytes) {
        this.requestBytes = bytes;
    }

    /**
     * Set the size of the answer's body.
     * @param bytes the number of bytes or {@link #UNKNOWN}
     */
    public void responseBytes(long bytes) {
        this.responseBytes = bytes;
    }

    /**
     * Note that the request does not end as it should. The first reason stays: what
     * follows is its consequence.
     * @param outcome the reason
     */
    public void outcome(AccessOutcome outcome) {
        if (this.outcome == null) {
            this.outcome = outcome;
        }
    }

    /**
     * Keep the ids of this thread's MDC and the tags, for a line that is written where
     * they are not.
     * @param tags the request's business tags, if it can have any
     */
    public void keepContext(@Nullable RequestTags tags) {
        keepContext(MDC.get(ContextField.TRACE_ID.key()), MDC.get(ContextField.SPAN_ID.key()),
                MDC.get(ContextField.REQUEST_ID.key()), tags);
    }

    /**
     * Keep ids and tags, for a line that is written where they are not.
     * @param traceId the trace
     * @param spanId the request's span
     * @param requestId the request
     * @param tags the request's business tags, if it can have any
     */
    public void keepContext(@Nullable String traceId, @Nullable String spanId, @Nullable String requestId,
            @Nullable RequestTags tags) {
        this.traceId = traceId;
        this.spanId = spanId;
        this.requestId = requestId;
        this.tags = tags;
    }

    /**
     * Whether the line was written, or decided against.
     * @return whether it was
     */
    public boolean isEnded() {
        return this.ended != 0;
    }

    boolean end() {
        return ENDED.compareAndSet(this, 0, 1);
    }

}
