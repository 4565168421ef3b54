package io.observability.starter.tracing;

import java.net.URI;
import java.util.Set;

import io.observability.starter.call.CallPort;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import org.jspecify.annotations.Nullable;

/**
 * What the span of a call says, by OpenTelemetry's stable semantic conventions for HTTP:
 * the attributes with their types, the exception as an event, and the status
 * {@code ERROR} from 400 on, since to a client each of those is a failure. The query of
 * the URL and the user in it are left out: they hold secrets and personal data.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/http/http-spans/">Semantic
 * conventions for HTTP spans</a>
 */
final class ClientSpanDescription {

    /**
     * Names of Spring's key-values, which say the same in other words.
     */
    static final Set<String> OMITTED = Set.of("client.name", "exception", "http.url", "method", "outcome", "status",
            "uri");

    private static final AttributeKey<String> URL = AttributeKey.stringKey("url.full");

    private static final AttributeKey<String> TEMPLATE = AttributeKey.stringKey("url.template");

    private static final AttributeKey<String> ADDRESS = AttributeKey.stringKey("server.address");

    private static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");

    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");

    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    private static final int FIRST_ERROR = 400;

    private ClientSpanDescription() {
    }

    static String name(@Nullable String method, @Nullable String route) {
        return ServerSpanDescription.name((method != null) ? method : "", route);
    }

    static void describe(Span span, @Nullable String method, @Nullable URI uri, @Nullable String route, int code,
            @Nullable Throwable error) {
        span.updateName(name(method, route));
        if (route != null) {
            span.setAttribute(TEMPLATE, route);
        }
        if (method != null) {
            ServerSpanDescription.describeMethod(span, method);
        }
        if (uri != null) {
            describe(span, uri);
        }
        if (code > 0) {
            span.setAttribute(STATUS, (long) code);
        }
        if (error != null) {
            span.recordException(error);
        }
        if (code >= FIRST_ERROR || error != null) {
            span.setAttribute(ERROR_TYPE,
                    (code >= FIRST_ERROR || error == null) ? Integer.toString(code) : error.getClass().getName());
            span.setStatus(StatusCode.ERROR);
        }
    }

    private static void describe(Span span, URI uri) {
        span.setAttribute(URL, withoutSecrets(uri));
        String host = uri.getHost();
        if (host != null) {
            span.setAttribute(ADDRESS, host);
        }
        int port = CallPort.of(uri);
        if (port > 0) {
            span.setAttribute(PORT, (long) port);
        }
    }

    private static String withoutSecrets(URI uri) {
        String authority = uri.getRawAuthority();
        int user = (authority != null) ? authority.lastIndexOf('@') : -1;
        if (user < 0 && uri.getRawQuery() == null && uri.getRawFragment() == null) {
            return uri.toString();
        }
        String scheme = uri.getScheme();
        String path = uri.getRawPath();
        return ((scheme != null) ? scheme + ":" : "")
                + ((authority != null) ? "//" + authority.substring(user + 1) : "") + ((path != null) ? path : "");
    }

}
