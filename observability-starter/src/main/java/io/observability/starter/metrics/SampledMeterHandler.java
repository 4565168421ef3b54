package io.observability.starter.metrics;

import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records observations in place of Micrometer's own handler, each once. It never throws:
 * what is observed is not to fail for its metrics. Thread-safe.
 *
 * @param <C> the kind of observation
 */
abstract class SampledMeterHandler<C extends Observation.Context> implements MeterObservationHandler<C> {

    private final Logger logger = LoggerFactory.getLogger(getClass());

    private final AtomicBoolean failureSaid = new AtomicBoolean();

    private final Class<C> type;

    private final String observed;

    /**
     * Create a handler.
     * @param type the kind of observation
     * @param observed what it observes, as a sentence begins
     */
    SampledMeterHandler(Class<C> type, String observed) {
        this.type = type;
        this.observed = observed;
    }

    @Override
    public final boolean supportsContext(Observation.Context context) {
        return this.type.isInstance(context);
    }

    @Override
    public final void onStart(C context) {
        try {
            context.put(RequestSample.class, begin(context));
        }
        catch (RuntimeException ex) {
            failed(ex);
        }
    }

    @Override
    public final void onStop(C context) {
        try {
            RequestSample sample = context.get(RequestSample.class);
            if (sample != null && sample.end()) {
                end(context, sample, context.getError());
            }
        }
        catch (RuntimeException ex) {
            failed(ex);
        }
    }

    abstract RequestSample begin(C context);

    abstract void end(C context, RequestSample sample, @Nullable Throwable error);

    private void failed(RuntimeException ex) {
        if (this.failureSaid.compareAndSet(false, true)) {
            this.logger.warn("{} could not be counted; further failures are not logged", this.observed, ex);
        }
    }

}
