package io.observability.starter.tracing;

import java.util.Set;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import org.jspecify.annotations.Nullable;

/**
 * What the span of a served request says, by OpenTelemetry's stable semantic conventions
 * for HTTP: the attributes with their types, the exception as an event, and the status
 * {@code ERROR} for 5xx alone, since a client's mistake is not this service's failure.
 *
 * @since 0.1.0
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/http/http-spans/">Semantic
 * conventions for HTTP spans</a>
 */
public final class ServerSpanDescription {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS",
            "TRACE", "PATCH");

    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");

    private static final AttributeKey<String> ORIGINAL_METHOD = AttributeKey.stringKey("http.request.method_original");

    private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");

    private static final AttributeKey<String> SCHEME = AttributeKey.stringKey("url.scheme");

    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");

    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");

    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    private static final int FIRST_SERVER_ERROR = 500;

    private ServerSpanDescription() {
    }

    /**
     * Name of a span.
     * @param method method of the request, as it was received
     * @param pattern the pattern that matched its path, {@code null} if none has
     * @return the name
     */
    public static String name(String method, @Nullable String pattern) {
        String known = METHODS.contains(method) ? method : "HTTP";
        return (pattern != null) ? known + " " + pattern : known;
    }

    /**
     * Describe a request that was received.
     * @param span takes the attributes
     * @param method method of the request, as it was received
     * @param path path of the request, as it was received and without the query
     * @param scheme {@code http} or {@code https}, if it is known
     */
    public static void describeRequest(Span span, String method, String path, @Nullable String scheme) {
        describeMethod(span, method);
        span.setAttribute(PATH, path);
        if (scheme != null) {
            span.setAttribute(SCHEME, scheme);
        }
    }

    static void describeMethod(Span span, String method) {
        if (METHODS.contains(method)) {
            span.setAttribute(METHOD, method);
        }
        else {
            span.setAttribute(METHOD, "_OTHER").setAttribute(ORIGINAL_METHOD, method);
        }
    }

    /**
     * Describe how a request was answered.
     * @param span takes the attributes
     * @param route template of the route that matched, {@code null} if none has
     * @param status status of the response, or 0 if there was none
     * @param error what went wrong
     */
    public static void describeAnswer(Span span, @Nullable String route, int status, @Nullable Throwable error) {
        if (route != null) {
            span.setAttribute(ROUTE, route);
        }
        if (status > 0) {
            span.setAttribute(STATUS, (long) status);
        }
        if (error != null) {
            span.recordException(error);
        }
        if (status >= FIRST_SERVER_ERROR || (error != null && status == 0)) {
            span.setAttribute(ERROR_TYPE, (error != null) ? error.getClass().getName() : Integer.toString(status));
            span.setStatus(StatusCode.ERROR);
        }
    }

}
