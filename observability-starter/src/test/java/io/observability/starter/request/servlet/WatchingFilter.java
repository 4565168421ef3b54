package io.observability.starter.request.servlet;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.slf4j.MDC;

/**
 * A filter of an application: notes what it sees of each request, and does with the
 * request what the header {@code X-Act} asks of it.
 */
class WatchingFilter implements Filter {

    static final String ACT = "X-Act: ";

    private static final Map<String, List<Sight>> SIGHTS = new ConcurrentHashMap<>();

    private final String name;

    private final Supplier<Tracer> tracer;

    WatchingFilter(String name, Supplier<Tracer> tracer) {
        this.name = name;
        this.tracer = tracer;
    }

    static List<Sight> sights(String requestId) {
        return List.copyOf(SIGHTS.getOrDefault(requestId, List.of()));
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest httpRequest = (HttpServletRequest) request;
        HttpServletResponse httpResponse = (HttpServletResponse) response;
        String id = httpRequest.getHeader("X-Request-Id");
        if (id != null) {
            SIGHTS.computeIfAbsent(id, (any) -> new CopyOnWriteArrayList<>()).add(sight());
        }
        String asked = httpRequest.getHeader("X-Act");
        boolean mine = asked != null && asked.endsWith("@" + this.name)
                && httpRequest.getDispatcherType() == DispatcherType.REQUEST;
        if (mine) {
            act(asked.substring(0, asked.indexOf('@')), httpRequest, httpResponse, chain);
        }
        else {
            chain.doFilter(request, response);
        }
    }

    private Sight sight() {
        Span span = this.tracer.get().currentSpan();
        return new Sight(this.name, MDC.get("request_id"), MDC.get("trace_id"),
                (span != null) ? span.context().traceId() : null);
    }

    private static void act(String act, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        switch (act) {
            case "answer" -> {
                response.setStatus(418);
                response.getWriter().write("a teapot");
            }
            case "refuse" -> response.sendError(429);
            case "throw" -> throw new IllegalStateException("thrown by a filter");
            case "async" -> {
                AsyncContext async = request.startAsync();
                async.start(() -> {
                    response.setStatus(202);
                    async.complete();
                });
            }
            case "wrap" ->
                chain.doFilter(new HttpServletRequestWrapper(request), new HttpServletResponseWrapper(response));
            default -> throw new IllegalArgumentException(act);
        }
    }

    /**
     * What a filter saw of one dispatch.
     *
     * @param filter the filter
     * @param requestId the request's id in the MDC
     * @param traceId the trace's id in the MDC
     * @param current the trace of the span that is current
     */
    record Sight(String filter, String requestId, String traceId, String current) {

    }

}
