package io.observability.starter.instrumentation.servlet;

import java.io.IOException;

import io.observability.starter.context.Unobserved;
import io.observability.starter.instrumentation.RequestSpans;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Counts each request that Spring observes, with or without its span. To stand inside the
 * filter that observes requests and leaves some out, and for the first dispatch alone.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class RequestSpanFilter implements Filter {

    private final RequestSpans spans;

    /**
     * Create a filter.
     * @param spans where the requests are counted
     */
    public RequestSpanFilter(RequestSpans spans) {
        this.spans = spans;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean leftOut = Unobserved.isActive();
        try {
            chain.doFilter(request, response);
        }
        finally {
            // Afterwards, since an application may observe further inside.
            if (!leftOut) {
                count(request);
            }
        }
    }

    private void count(ServletRequest request) {
        Object context = request.getAttribute(ServerHttpObservationFilter.CURRENT_OBSERVATION_CONTEXT_ATTRIBUTE);
        this.spans.count((context instanceof ServerRequestObservationContext found) ? found : null);
    }

}
