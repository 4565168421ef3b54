package io.observability.starter.context.servlet;

import java.io.IOException;
import java.util.Enumeration;
import java.util.Map;

import io.observability.starter.context.ContextField;
import io.observability.starter.context.FailureContexts;
import io.observability.starter.context.RequestIds;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Gives each request its id: taken from a header if it is valid, otherwise made. The id
 * is in the MDC while the request is worked on, the same one in the request, async and
 * error dispatch, and is answered in the same header. To stand in front of every other
 * filter. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RequestIdFilter implements Filter {

    private static final String KEY = ContextField.REQUEST_ID.key();

    private final String header;

    private final boolean accept;

    private final boolean respond;

    /**
     * Create a filter.
     * @param header the name of the header that brings the id
     * @param accept whether an id from outside is taken
     * @param respond whether the id is answered in the same header
     */
    public RequestIdFilter(String header, boolean accept, boolean respond) {
        this.header = header;
        this.accept = accept;
        this.respond = respond;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest httpRequest)) {
            chain.doFilter(request, response);
            return;
        }
        String id = idOf(httpRequest);
        // In the error dispatch again, since the container resets the response before it.
        if (this.respond && response instanceof HttpServletResponse httpResponse && !response.isCommitted()) {
            httpResponse.setHeader(this.header, id);
        }
        String previous = MDC.get(KEY);
        MDC.put(KEY, id);
        try {
            chain.doFilter(request, response);
        }
        catch (Throwable ex) {
            remember(ex, id);
            throw ex;
        }
        finally {
            if (previous != null) {
                MDC.put(KEY, previous);
            }
            else {
                MDC.remove(KEY);
            }
        }
    }

    private String idOf(HttpServletRequest request) {
        // Set in the dispatch before, if there was one.
        if (request.getAttribute(RequestIds.ATTRIBUTE) instanceof String known) {
            return known;
        }
        String id = this.accept ? RequestIds.acceptOrCreate(onlyValue(request.getHeaders(this.header)))
                : RequestIds.create();
        request.setAttribute(RequestIds.ATTRIBUTE, id);
        return id;
    }

    // Two ids are no id: which of them a proxy in front of us logged is anybody's guess.
    private static @Nullable String onlyValue(@Nullable Enumeration<String> values) {
        if (values == null || !values.hasMoreElements()) {
            return null;
        }
        String value = values.nextElement();
        return values.hasMoreElements() ? null : value;
    }

    // The observation's filter stands inside of this one and knows the trace as well.
    private static void remember(Throwable failure, String id) {
        Map<String, String> known = FailureContexts.find(failure);
        if (known == null || !id.equals(known.get(KEY))) {
            FailureContexts.remember(failure, Map.of(KEY, id));
        }
    }

}
