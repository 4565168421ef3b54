package io.observability.starter.metrics;

import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the observations of the requests that one web stack serves, in place of
 * Micrometer's own handler. It never throws: a request is not to fail for its metrics.
 * Thread-safe.
 *
 * @param <C> the kind of observation
 * @since 0.1.0
 */
public abstract class RequestMeterHandler<C extends Observation.Context> implements MeterObservationHandler<C> {

    private static final Logger logger = LoggerFactory.getLogger(RequestMeterHandler.class);

    private static final AtomicBoolean FAILURE_SAID = new AtomicBoolean();

    private final Class<C> type;

    private final RequestMeters meters;

    protected RequestMeterHandler(Class<C> type, RequestMeters meters) {
        this.type = type;
        this.meters = meters;
    }

    @Override
    public final boolean supportsContext(Observation.Context context) {
        return this.type.isInstance(context);
    }

    @Override
    public final void onStart(C context) {
        try {
            boolean secure = isSecure(context);
            String method = method(context);
            long start = this.meters.begin(method, secure);
            context.put(RequestSample.class, new RequestSample(method, secure, start));
        }
        catch (RuntimeException ex) {
            failed(ex);
        }
    }

    @Override
    public final void onStop(C context) {
        try {
            RequestSample sample = context.get(RequestSample.class);
            if (sample == null || !sample.end()) {
                return;
            }
            this.meters.end(sample.start(), sample.method(), sample.isSecure(), route(context), code(context),
                    context.getError());
        }
        catch (RuntimeException ex) {
            failed(ex);
        }
    }

    /**
     * Method of the request, as it was sent.
     * @param context the observation
     * @return the method or {@code null}
     */
    protected abstract @Nullable String method(C context);

    /**
     * Whether a request came in by HTTPS.
     * @param context the observation
     * @return whether it did
     */
    protected boolean isSecure(C context) {
        return false;
    }

    /**
     * Template of the request's path, or one of {@link LabelValue}.
     * @param context the observation
     * @return the route
     */
    protected abstract String route(C context);

    /**
     * Status code of the answer.
     * @param context the observation
     * @return the code
     */
    protected abstract int code(C context);

    private static void failed(RuntimeException ex) {
        if (FAILURE_SAID.compareAndSet(false, true)) {
            logger.warn("A request could not be counted; further failures are not logged", ex);
        }
    }

}
