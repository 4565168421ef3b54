package io.observability.starter.metrics.servlet;

import io.observability.starter.context.RequestRoute;
import io.observability.starter.metrics.RequestMeterHandler;
import io.observability.starter.metrics.RequestMeters;
import io.observability.starter.metrics.RequestSample;
import io.observability.starter.request.servlet.RequestCode;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.observation.ServerRequestObservationContext;

/**
 * Records the requests that a servlet container answers.
 *
 * @since 0.1.0
 */
public final class ServletRequestMeterHandler extends RequestMeterHandler<ServerRequestObservationContext> {

    /**
     * Create a handler.
     * @param meters where the requests are recorded
     */
    public ServletRequestMeterHandler(RequestMeters meters) {
        super(ServerRequestObservationContext.class, meters);
    }

    /**
     * The first scope closes when the container's thread leaves the filter, before the
     * filter looks for asynchronous processing itself. Both things that go wrong later
     * are prevented here: an error page that is dispatched before an asynchronous request
     * is complete (Jetty does so) brings its own route, and a request that timed out is
     * stopped twice, first by the time-out, before anything is answered.
     */
    @Override
    public void onScopeClosed(ServerRequestObservationContext context) {
        RequestSample sample = context.get(RequestSample.class);
        HttpServletRequest request = context.getCarrier();
        if (sample == null || sample.route() != null || sample.isEnded() || request == null) {
            return;
        }
        try {
            if (request.isAsyncStarted()) {
                sample.keepRoute(matched(context));
                request.getAsyncContext().addListener(new TimeoutListener(sample));
            }
        }
        catch (IllegalStateException ex) {
            // Another thread has completed the request in the meantime.
        }
    }

    @Override
    protected @Nullable String method(ServerRequestObservationContext context) {
        HttpServletRequest request = context.getCarrier();
        return (request != null) ? request.getMethod() : null;
    }

    @Override
    protected boolean isSecure(ServerRequestObservationContext context) {
        HttpServletRequest request = context.getCarrier();
        return request != null && request.isSecure();
    }

    @Override
    protected String route(ServerRequestObservationContext context) {
        RequestSample sample = context.get(RequestSample.class);
        String kept = (sample != null) ? sample.route() : null;
        return (kept != null) ? kept : matched(context);
    }

    private static String matched(ServerRequestObservationContext context) {
        return RequestRoute.of(context.getPathPattern(), status(context));
    }

    @Override
    protected int code(ServerRequestObservationContext context) {
        return RequestCode.of(status(context), context.getError());
    }

    private static int status(ServerRequestObservationContext context) {
        HttpServletResponse response = context.getResponse();
        return (response != null) ? response.getStatus() : 0;
    }

    /**
     * Told of a time-out before the observation's own listener, since it was added first.
     */
    private record TimeoutListener(RequestSample sample) implements AsyncListener {

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            this.sample.deferEnd();
        }

        @Override
        public void onError(AsyncEvent event) {
        }

        @Override
        public void onComplete(AsyncEvent event) {
        }

    }

}
