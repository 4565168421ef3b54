package io.observability.starter.metrics;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * Records the observations of the requests that one web stack serves. Thread-safe.
 *
 * @param <C> the kind of observation
 * @since 0.1.0
 */
public abstract class RequestMeterHandler<C extends Observation.Context> extends SampledMeterHandler<C> {

    private final RequestMeters meters;

    protected RequestMeterHandler(Class<C> type, RequestMeters meters) {
        super(type, "A request");
        this.meters = meters;
    }

    @Override
    final RequestSample begin(C context) {
        boolean secure = isSecure(context);
        String method = method(context);
        return new RequestSample(method, secure, this.meters.begin(method, secure));
    }

    @Override
    final void end(C context, RequestSample sample, @Nullable Throwable error) {
        this.meters.end(sample.start(), sample.method(), sample.isSecure(), route(context), code(context), error);
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

}
