package io.observability.starter.context.servlet;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import io.observability.starter.context.ContextField;
import io.observability.starter.context.FailureContexts;
import io.observability.starter.context.RequestIdScope;
import io.observability.starter.context.RequestTags;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

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

    private final IncomingContext incoming;

    /**
     * Create a filter.
     * @param incoming the rules of ids and tags
     */
    public RequestIdFilter(IncomingContext incoming) {
        this.incoming = incoming;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest httpRequest)) {
            chain.doFilter(request, response);
            return;
        }
        String id = this.incoming.id(httpRequest);
        if (response instanceof HttpServletResponse httpResponse) {
            this.incoming.answer(httpResponse, id);
        }
        RequestTags tags = this.incoming.tags(httpRequest);
        try (RequestIdScope scope = this.incoming.open(id, tags)) {
            chain.doFilter(request, response);
        }
        catch (Throwable ex) {
            remember(ex, id, tags);
            throw ex;
        }
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
