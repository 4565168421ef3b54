package io.observability.starter.tracing.servlet;

import java.io.IOException;
import java.util.Map;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.observability.starter.context.ContextField;
import io.observability.starter.context.FailureContexts;
import io.observability.starter.context.Unobserved;
import io.observability.starter.context.servlet.ResponseHeaders;
import io.observability.starter.tracing.RequestSpan;
import io.observability.starter.tracing.TraceResponse;
import io.observability.starter.tracing.UntracedPaths;
import io.opentelemetry.context.Scope;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.http.server.observation.ServerRequestObservationConvention;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Spring's observation of served requests, and in addition: requests that are left out
 * pass without any observation, their own or a child's; responses carry the ids of their
 * trace; an exception that leaves the request carries them to the container's log line,
 * which is written after the trace's scope was closed; and the error page belongs to the
 * trace of the request that it is for. Thread-safe.
 *
 * @since 0.1.0
 */
public final class TracedRequestFilter extends ServerHttpObservationFilter {

    private static final String UNTRACED = TracedRequestFilter.class.getName() + ".UNTRACED";

    private final UntracedPaths untraced;

    private final @Nullable TraceResponse traceResponse;

    /**
     * Create a filter.
     * @param registry the registry of the observations
     * @param convention the names of the observations
     * @param untraced the paths that are left out
     * @param traceResponse what responses say of their trace, {@code null} for nothing
     */
    public TracedRequestFilter(ObservationRegistry registry, ServerRequestObservationConvention convention,
            UntracedPaths untraced, @Nullable TraceResponse traceResponse) {
        super(registry, convention);
        this.untraced = untraced;
        this.traceResponse = traceResponse;
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            if (isUntraced(request)) {
                request.setAttribute(UNTRACED, true);
                try (Unobserved.Scope unobserved = Unobserved.open()) {
                    chain.doFilter(request, response);
                }
            }
            else if (request.getDispatcherType() == DispatcherType.ERROR) {
                doFilterNestedErrorDispatch(request, response, chain);
            }
            else {
                super.doFilterInternal(request, response, chain);
            }
        }
        catch (Throwable ex) {
            FailureContexts.remember(ex, ids(request));
            throw ex;
        }
    }

    @Override
    protected void doFilterNestedErrorDispatch(HttpServletRequest request, HttpServletResponse response,
            FilterChain chain) throws ServletException, IOException {
        // The request's observation is over, so its span alone is taken up again.
        try (Scope scope = RequestSpan.current(context(request)).makeCurrent()) {
            chain.doFilter(request, response);
        }
    }

    @Override
    protected void onScopeOpened(Observation.Scope scope, HttpServletRequest request, HttpServletResponse response) {
        ServerRequestObservationContext context = context(request);
        if (this.traceResponse != null && context != null && !isAsyncDispatch(request)) {
            this.traceResponse.write(context, (name, value) -> ResponseHeaders.set(response, name, value));
        }
    }

    private boolean isUntraced(HttpServletRequest request) {
        return (request.getDispatcherType() == DispatcherType.REQUEST)
                ? this.untraced.contains(ServletRequestPaths.of(request)) : request.getAttribute(UNTRACED) != null;
    }

    private static Map<String, String> ids(HttpServletRequest request) {
        Map<String, String> ids = RequestSpan.ids(context(request));
        String requestId = MDC.get(ContextField.REQUEST_ID.key());
        if (requestId != null) {
            ids.put(ContextField.REQUEST_ID.key(), requestId);
        }
        return ids;
    }

    private static @Nullable ServerRequestObservationContext context(HttpServletRequest request) {
        Object context = request.getAttribute(CURRENT_OBSERVATION_CONTEXT_ATTRIBUTE);
        return (context instanceof ServerRequestObservationContext found) ? found : null;
    }

}
