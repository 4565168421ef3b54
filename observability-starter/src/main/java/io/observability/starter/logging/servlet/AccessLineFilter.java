package io.observability.starter.logging.servlet;

import java.io.IOException;

import io.observability.starter.context.BusinessTags;
import io.observability.starter.context.RequestRoute;
import io.observability.starter.context.Unobserved;
import io.observability.starter.logging.access.AccessLog;
import io.observability.starter.logging.access.AccessOutcome;
import io.observability.starter.logging.access.AccessRecord;
import io.observability.starter.logging.access.StarterPaths;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.DisconnectedClientHelper;
import org.springframework.web.util.WebUtils;

/**
 * Writes the access line of each request where its last dispatch ends. To stand directly
 * inside the filter that observes the request, so that the line has the request's ids,
 * and for the request and async dispatch alone: an error page comes after the line.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class AccessLineFilter implements Filter {

    private static final String ATTRIBUTE = AccessRecord.class.getName();

    private final AccessLog log;

    private final StarterPaths starterPaths;

    private final AccessDetails details;

    /**
     * Create a filter.
     * @param log where the lines go
     * @param starterPaths paths without a line
     * @param details what of a request stands on the line besides
     */
    public AccessLineFilter(AccessLog log, StarterPaths starterPaths, AccessDetails details) {
        this.log = log;
        this.starterPaths = starterPaths;
        this.details = details;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        CountedResponse counted = (request instanceof HttpServletRequest httpRequest
                && response instanceof HttpServletResponse httpResponse) ? counted(httpRequest, httpResponse) : null;
        if (counted == null) {
            chain.doFilter(request, response);
            return;
        }
        int thrown = 0;
        try {
            chain.doFilter(request, (response == counted || isInside(response, counted)) ? response : counted);
        }
        catch (Throwable ex) {
            thrown = failed(ex, counted);
            throw ex;
        }
        finally {
            leave((HttpServletRequest) request, counted, thrown);
        }
    }

    private @Nullable CountedResponse counted(HttpServletRequest request, HttpServletResponse response) {
        if (request.getDispatcherType() == DispatcherType.REQUEST) {
            if (Unobserved.isActive() || this.starterPaths.contains(path(request))) {
                return null;
            }
            AccessRecord begun = this.log.begin(request.getMethod());
            this.details.read(request, begun);
            return new CountedResponse(response, begun);
        }
        if (!(request.getAttribute(ATTRIBUTE) instanceof AccessRecord begun)) {
            return null;
        }
        // The application may hand on the response that it was given, or the container's.
        CountedResponse known = WebUtils.getNativeResponse(response, CountedResponse.class);
        return (known != null) ? known : new CountedResponse(response, begun);
    }

    private static boolean isInside(ServletResponse response, CountedResponse counted) {
        return WebUtils.getNativeResponse(response, CountedResponse.class) == counted;
    }

    private static int failed(Throwable failure, CountedResponse response) {
        if (DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            response.clientGone();
            return response.isCommitted() ? 0 : AccessRecord.CLIENT_GONE_STATUS;
        }
        response.accessRecord().outcome(AccessOutcome.EXCEPTION);
        if (response.isCommitted()) {
            return 0;
        }
        response.bodyUnknown();
        return HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    }

    private void leave(HttpServletRequest request, CountedResponse response, int thrown) {
        if (thrown == 0 && request.isAsyncStarted() && isLeftToListener(request, response)) {
            return;
        }
        end(request, response, thrown, null);
    }

    private boolean isLeftToListener(HttpServletRequest request, CountedResponse response) {
        try {
            AccessRecord begun = response.accessRecord();
            begun.keepContext(BusinessTags.bound());
            // For the dispatch that may follow. Most requests have one alone.
            request.setAttribute(ATTRIBUTE, begun);
            // An error page that is dispatched before the request is complete (Jetty does
            // so) brings a route of its own.
            request.getAsyncContext()
                .addListener(new EndListener(this, request, response, route(request, response.getStatus())));
            return true;
        }
        catch (IllegalStateException ex) {
            // Another thread has completed the request in the meantime.
            return false;
        }
    }

    private void end(HttpServletRequest request, CountedResponse response, int thrown, @Nullable String route) {
        AccessRecord accessRecord = response.accessRecord();
        if (accessRecord.isEnded()) {
            return;
        }
        try {
            int status = (thrown != 0) ? thrown : response.getStatus();
            accessRecord.responseBytes("HEAD".equals(request.getMethod()) ? 0 : response.bytes());
            this.log.end(accessRecord, status, (route != null) ? route : route(request, status));
        }
        catch (RuntimeException ex) {
            // A container that has taken the response back.
            this.log.failed(ex);
        }
    }

    private static String route(HttpServletRequest request, int status) {
        Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return RequestRoute.of((pattern != null) ? pattern.toString() : null, status);
    }

    private static String path(HttpServletRequest request) {
        String path = request.getRequestURI();
        String contextPath = request.getContextPath();
        return path.startsWith(contextPath) ? path.substring(contextPath.length()) : path;
    }

    /**
     * Ends a request that no dispatch ends.
     */
    private record EndListener(AccessLineFilter filter, HttpServletRequest request, CountedResponse response,
            String route) implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent event) {
            this.filter.end(this.request, this.response, 0, this.route);
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }

        @Override
        public void onTimeout(AsyncEvent event) {
        }

        @Override
        public void onError(AsyncEvent event) {
            Throwable failure = event.getThrowable();
            if (failure != null && DisconnectedClientHelper.isClientDisconnectedException(failure)) {
                this.response.clientGone();
            }
        }

    }

}
