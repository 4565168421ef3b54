package io.observability.starter.context.servlet;

import java.io.IOException;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;

import io.observability.starter.context.BusinessTags;
import io.observability.starter.context.ContextField;
import io.observability.starter.context.FailureContexts;
import io.observability.starter.context.HeaderTags;
import io.observability.starter.context.RequestIds;
import io.observability.starter.context.RequestTags;
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
 * Gives each request its id and its business tags. The id is taken from a header if it is
 * valid, otherwise made, and is answered in the same header. Both are in the MDC while
 * the request is worked on, the same ones in the request, async and error dispatch, and
 * gone afterwards. To stand in front of every other filter. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RequestIdFilter implements Filter {

    private static final String KEY = ContextField.REQUEST_ID.key();

    private final String header;

    private final boolean accept;

    private final boolean respond;

    private final HeaderTags headerTags;

    /**
     * Create a filter.
     * @param header the name of the header that brings the id
     * @param accept whether an id from outside is taken
     * @param respond whether the id is answered in the same header
     * @param headerTags headers that are business tags
     */
    public RequestIdFilter(String header, boolean accept, boolean respond, HeaderTags headerTags) {
        this.header = header;
        this.accept = accept;
        this.respond = respond;
        this.headerTags = headerTags;
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
        RequestTags tags = tagsOf(httpRequest);
        try (BusinessTags.Scope scope = BusinessTags.open(tags)) {
            chain.doFilter(request, response);
        }
        catch (Throwable ex) {
            remember(ex, id, tags);
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

    private RequestTags tagsOf(HttpServletRequest request) {
        if (request.getAttribute(BusinessTags.ATTRIBUTE) instanceof RequestTags known) {
            return known;
        }
        RequestTags tags = this.headerTags.isEmpty() ? new RequestTags()
                : this.headerTags.read((name) -> onlyValue(request.getHeaders(name)));
        request.setAttribute(BusinessTags.ATTRIBUTE, tags);
        return tags;
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
    private static void remember(Throwable failure, String id, RequestTags tags) {
        Map<String, String> known = FailureContexts.find(failure);
        boolean same = known != null && id.equals(known.get(KEY));
        Map<String, String> current = tags.current();
        if (same && current.isEmpty()) {
            return;
        }
        Map<String, String> context = new HashMap<>(current);
        if (same) {
            context.putAll(known);
        }
        context.put(KEY, id);
        FailureContexts.remember(failure, context);
    }

}
