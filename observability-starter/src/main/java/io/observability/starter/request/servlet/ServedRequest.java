package io.observability.starter.request.servlet;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.observability.starter.context.ContextField;
import io.observability.starter.context.RequestRoute;
import io.observability.starter.context.RequestTags;
import io.observability.starter.request.RequestTimes;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.servlet.HandlerMapping;

/**
 * One request from its first dispatch to its end. It ends once, however often it is told
 * to; what is set before the end is seen by the thread that ends it, since the container
 * hands the request over between them. Thread-safe in that sense.
 */
final class ServedRequest {

    static final String ATTRIBUTE = ServedRequest.class.getName();

    private static final AtomicIntegerFieldUpdater<ServedRequest> ENDED = AtomicIntegerFieldUpdater
        .newUpdater(ServedRequest.class, "ended");

    private final HttpServletRequest request;

    private final HttpServletResponse response;

    private final @Nullable RequestTimes times;

    private final RequestTrace trace;

    private final @Nullable String id;

    private final @Nullable RequestTags tags;

    private final @Nullable String method;

    private final boolean secure;

    private final long start;

    private final boolean leftOut;

    private volatile int ended;

    private @Nullable Throwable error;

    private @Nullable String keptPattern;

    private boolean patternKept;

    ServedRequest(HttpServletRequest request, HttpServletResponse response, @Nullable RequestTimes times,
            RequestTrace trace, @Nullable String id, @Nullable RequestTags tags) {
        this(request, response, times, trace, id, tags, false);
    }

    private ServedRequest(HttpServletRequest request, HttpServletResponse response, @Nullable RequestTimes times,
            RequestTrace trace, @Nullable String id, @Nullable RequestTags tags, boolean leftOut) {
        this.request = request;
        this.response = response;
        this.times = times;
        this.trace = trace;
        this.id = id;
        this.tags = tags;
        this.method = request.getMethod();
        this.secure = request.isSecure();
        this.leftOut = leftOut;
        this.start = (times != null) ? times.begin(this.method, this.secure) : 0;
    }

    static ServedRequest leftOut(HttpServletRequest request, HttpServletResponse response, @Nullable String id,
            @Nullable RequestTags tags) {
        return new ServedRequest(request, response, null, RequestTrace.NONE, id, tags, true);
    }

    static @Nullable ServedRequest of(HttpServletRequest request) {
        return (request.getAttribute(ATTRIBUTE) instanceof ServedRequest served) ? served : null;
    }

    boolean hasSpan() {
        return this.trace.isValid();
    }

    @Nullable String id() {
        return this.id;
    }

    @Nullable RequestTags tags() {
        return this.tags;
    }

    boolean isLeftOut() {
        return this.leftOut;
    }

    RequestTrace trace() {
        return this.trace;
    }

    void failed(@Nullable Throwable failure) {
        if (failure != null) {
            this.error = (failure instanceof ServletException && failure.getCause() != null) ? failure.getCause()
                    : failure;
        }
    }

    Map<String, String> fields() {
        Map<String, String> fields = new HashMap<>();
        if (this.tags != null) {
            fields.putAll(this.tags.current());
        }
        this.trace.addIds(fields);
        if (this.id != null) {
            fields.put(ContextField.REQUEST_ID.key(), this.id);
        }
        return fields;
    }

    /**
     * Keep the route that the request has now: an error page that is dispatched before an
     * asynchronous request is complete (Jetty does so) brings a route of its own.
     */
    void keepPattern() {
        if (!this.patternKept) {
            this.keptPattern = matched();
            this.patternKept = true;
        }
    }

    boolean isEnded() {
        return this.ended != 0;
    }

    void end() {
        if (!ENDED.compareAndSet(this, 0, 1)) {
            return;
        }
        String pattern = this.patternKept ? this.keptPattern : matched();
        int status = this.response.getStatus();
        Throwable failure = failure();
        try {
            if (this.times != null) {
                this.times.end(this.start, this.method, this.secure, RequestRoute.of(pattern, status),
                        RequestCode.of(status, failure), failure);
            }
        }
        finally {
            this.trace.end(pattern, status, failure);
        }
    }

    private @Nullable Throwable failure() {
        if (this.error != null) {
            return this.error;
        }
        Throwable told = this.trace.error();
        if (told != null) {
            return told;
        }
        return (this.request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable found) ? found : null;
    }

    private @Nullable String matched() {
        Object pattern = this.request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return (pattern != null) ? pattern.toString() : null;
    }

}
