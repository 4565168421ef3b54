package io.observability.starter.request.servlet;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.observability.starter.context.FailureContexts;
import io.observability.starter.context.RequestIdScope;
import io.observability.starter.context.RequestTags;
import io.observability.starter.context.Unobserved;
import io.observability.starter.context.servlet.IncomingContext;
import io.observability.starter.request.RequestListener;
import io.observability.starter.request.RequestTimes;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that is observed of a request, in one filter: its id and business tags, its trace,
 * its duration, and what it fails with. To stand in front of every other filter, for the
 * request, async and error dispatch. A request is counted once, where its last dispatch
 * ends or where its container completes it. Nothing here makes a request fail.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class DirectRequestFilter implements Filter {

    private static final Logger logger = LoggerFactory.getLogger(DirectRequestFilter.class);

    private static final AtomicBoolean FAILURE_SAID = new AtomicBoolean();

    private final RequestTracing tracing;

    private final @Nullable RequestTimes times;

    private final @Nullable IncomingContext incoming;

    private final RequestListener listener;

    /**
     * Create a filter.
     * @param tracing traces requests, and knows those that are left out
     * @param times measures requests
     * @param incoming the rules of ids and tags; {@code null} if somebody else sees to
     * them
     * @param listener is told of the requests that are observed
     */
    public DirectRequestFilter(RequestTracing tracing, @Nullable RequestTimes times, @Nullable IncomingContext incoming,
            RequestListener listener) {
        this.tracing = tracing;
        this.times = times;
        this.incoming = incoming;
        this.listener = listener;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest httpRequest)
                || !(response instanceof HttpServletResponse httpResponse)) {
            chain.doFilter(request, response);
            return;
        }
        DispatcherType dispatch = httpRequest.getDispatcherType();
        ServedRequest served = ServedRequest.of(httpRequest);
        if (served != null && dispatch == DispatcherType.REQUEST) {
            // It has come through already, by a chain within the chain.
            chain.doFilter(request, response);
            return;
        }
        if (served == null) {
            served = begin(httpRequest, httpResponse, dispatch);
        }
        try {
            withIds(httpRequest, httpResponse, chain, served, dispatch);
        }
        catch (Throwable ex) {
            // The container logs it, after all scopes are closed.
            FailureContexts.remember(ex, served.fields());
            throw ex;
        }
    }

    private ServedRequest begin(HttpServletRequest request, HttpServletResponse response, DispatcherType dispatch) {
        String id = (this.incoming != null) ? this.incoming.readId(request) : null;
        RequestTags tags = (this.incoming != null) ? this.incoming.readTags(request) : null;
        ServedRequest served = observe(request, response, dispatch, id, tags);
        request.setAttribute(ServedRequest.ATTRIBUTE, served);
        if (dispatch == DispatcherType.REQUEST && !served.isLeftOut()) {
            this.listener.begun(served.hasSpan());
        }
        return served;
    }

    private ServedRequest observe(HttpServletRequest request, HttpServletResponse response, DispatcherType dispatch,
            @Nullable String id, @Nullable RequestTags tags) {
        try {
            if (dispatch == DispatcherType.REQUEST && this.tracing.isUntraced(request)) {
                return ServedRequest.leftOut(request, response, id, tags);
            }
            if (dispatch == DispatcherType.REQUEST) {
                return new ServedRequest(request, response, this.times, this.tracing.begin(request, response), id,
                        tags);
            }
        }
        catch (RuntimeException ex) {
            failed(ex);
        }
        // An error page for what was refused in front of all filters.
        return new ServedRequest(request, response, null, RequestTrace.NONE, id, tags);
    }

    private void withIds(HttpServletRequest request, HttpServletResponse response, FilterChain chain,
            ServedRequest served, DispatcherType dispatch) throws IOException, ServletException {
        String id = served.id();
        RequestTags tags = served.tags();
        if (this.incoming == null || id == null || tags == null) {
            inScope(request, response, chain, served, dispatch);
            return;
        }
        this.incoming.answer(response, id);
        try (RequestIdScope scope = this.incoming.open(id, tags)) {
            inScope(request, response, chain, served, dispatch);
        }
    }

    private void inScope(HttpServletRequest request, HttpServletResponse response, FilterChain chain,
            ServedRequest served, DispatcherType dispatch) throws IOException, ServletException {
        try (RequestTrace.Scope scope = open(served, dispatch)) {
            if (dispatch == DispatcherType.ERROR || served.isLeftOut()) {
                // The request has ended, or is none that anybody counts.
                chain.doFilter(request, response);
                return;
            }
            if (dispatch == DispatcherType.REQUEST) {
                served.trace().write(response);
            }
            observed(request, response, chain, served);
        }
    }

    private static void observed(HttpServletRequest request, HttpServletResponse response, FilterChain chain,
            ServedRequest served) throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        }
        catch (Throwable ex) {
            served.failed(ex);
            response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            throw ex;
        }
        finally {
            leave(request, served);
        }
    }

    private static RequestTrace.Scope open(ServedRequest served, DispatcherType dispatch) {
        try {
            if (served.isLeftOut()) {
                return Unobserved.open()::close;
            }
            return (dispatch == DispatcherType.ERROR) ? served.trace().resume() : served.trace().open();
        }
        catch (RuntimeException ex) {
            failed(ex);
            return RequestTrace.Scope.NONE;
        }
    }

    // Still in the request's scope, so that the duration gets its exemplar.
    private static void leave(HttpServletRequest request, ServedRequest served) {
        try {
            if (!request.isAsyncStarted() || !isLeftToListener(request, served)) {
                served.end();
            }
        }
        catch (RuntimeException ex) {
            failed(ex);
        }
    }

    private static boolean isLeftToListener(HttpServletRequest request, ServedRequest served) {
        try {
            served.keepPattern();
            request.getAsyncContext().addListener(new EndListener(served));
            return true;
        }
        catch (IllegalStateException ex) {
            // Another thread has completed the request in the meantime.
            return false;
        }
    }

    private static void failed(RuntimeException ex) {
        if (FAILURE_SAID.compareAndSet(false, true)) {
            logger.warn("A request could not be observed; further failures are not logged", ex);
        }
    }

    /**
     * Ends a request that no dispatch ends. A time-out is no end: what is answered to it
     * comes afterwards, in a dispatch or from the container.
     */
    private record EndListener(ServedRequest served) implements AsyncListener {

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }

        @Override
        public void onTimeout(AsyncEvent event) {
        }

        @Override
        public void onError(AsyncEvent event) {
            this.served.failed(event.getThrowable());
        }

        @Override
        public void onComplete(AsyncEvent event) {
            if (this.served.isEnded()) {
                return;
            }
            try (RequestTrace.Scope scope = this.served.trace().resume()) {
                this.served.end();
            }
            catch (RuntimeException ex) {
                failed(ex);
            }
        }

    }

}
