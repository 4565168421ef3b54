package io.observability.starter.metrics;

import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.observation.Observation;
import io.observability.starter.call.CallReader;
import io.observability.starter.call.CallTimes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records Spring's observations of the calls of one client, in place of Micrometer's own
 * handler. It never throws: a call is not to fail for its metrics. Thread-safe.
 *
 * @param <C> the kind of observation
 * @since 0.1.0
 */
public abstract class CallMeterHandler<C extends Observation.Context> implements MeterObservationHandler<C> {

    private static final Logger logger = LoggerFactory.getLogger(CallMeterHandler.class);

    private static final AtomicBoolean FAILURE_SAID = new AtomicBoolean();

    private final CallReader<C> reader;

    private final CallTimes times;

    protected CallMeterHandler(CallReader<C> reader, CallTimes times) {
        this.reader = reader;
        this.times = times;
    }

    @Override
    public final boolean supportsContext(Observation.Context context) {
        return this.reader.contextType().isInstance(context);
    }

    @Override
    public final void onStart(C context) {
        try {
            context.put(RequestSample.class, new RequestSample(null, false, this.times.begin()));
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
                this.times.end(sample.start(), this.reader.method(context), this.reader.uri(context),
                        this.reader.route(context), this.reader.status(context), context.getError());
            }
        }
        catch (RuntimeException ex) {
            failed(ex);
        }
    }

    private static void failed(RuntimeException ex) {
        if (FAILURE_SAID.compareAndSet(false, true)) {
            logger.warn("A call could not be counted; further failures are not logged", ex);
        }
    }

}
