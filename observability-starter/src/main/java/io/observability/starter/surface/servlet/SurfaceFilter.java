package io.observability.starter.surface.servlet;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import io.observability.starter.context.Unobserved;
import io.observability.starter.surface.Surface;
import io.observability.starter.surface.SurfaceEndpoint;
import io.observability.starter.surface.SurfaceRequest;
import io.observability.starter.surface.SurfaceResponse;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Answers the starter's own paths. To be mapped to exactly those paths, so that no other
 * request pays for it. Thread-safe.
 *
 * @since 0.1.0
 */
public final class SurfaceFilter implements Filter {

    private final Surface surface;

    /**
     * Create a filter.
     * @param surface the endpoints to serve
     */
    public SurfaceFilter(Surface surface) {
        this.surface = surface;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest httpRequest && response instanceof HttpServletResponse httpResponse) {
            boolean head = "HEAD".equals(httpRequest.getMethod());
            if (head || "GET".equals(httpRequest.getMethod())) {
                SurfaceEndpoint endpoint = this.surface
                    .find(httpRequest.getRequestURI().substring(httpRequest.getContextPath().length()));
                if (endpoint != null) {
                    answer(endpoint, httpRequest, httpResponse, head);
                    return;
                }
            }
        }
        chain.doFilter(request, response);
    }

    private void answer(SurfaceEndpoint endpoint, HttpServletRequest request, HttpServletResponse response,
            boolean head) throws IOException {
        try (Unobserved.Scope unobserved = Unobserved.open()) {
            SurfaceResponse answer = endpoint.answer(new ServletSurfaceRequest(request));
            response.setStatus(answer.status());
            answer.headers().forEach(response::setHeader);
            response.setContentLength(answer.body().length);
            if (!head) {
                response.getOutputStream().write(answer.body());
            }
        }
    }

    private record ServletSurfaceRequest(HttpServletRequest request) implements SurfaceRequest {

        @Override
        public @Nullable String header(String name) {
            List<String> values = Collections.list(this.request.getHeaders(name));
            return values.isEmpty() ? null : String.join(", ", values);
        }

        @Override
        public List<String> parameters(String name) {
            String[] values = this.request.getParameterValues(name);
            return (values != null) ? Arrays.asList(values) : List.of();
        }

    }

}
