package io.observability.starter.metrics;

import io.micrometer.observation.Observation;
import io.observability.starter.call.CallReader;
import io.observability.starter.call.CallTimes;
import org.jspecify.annotations.Nullable;

/**
 * Records Spring's observations of the calls of one client. Thread-safe.
 *
 * @param <C> the kind of observation
 * @since 0.1.0
 */
public abstract class CallMeterHandler<C extends Observation.Context> extends SampledMeterHandler<C> {

    private final CallReader<C> reader;

    private final CallTimes times;

    protected CallMeterHandler(CallReader<C> reader, CallTimes times) {
        super(reader.contextType(), "A call");
        this.reader = reader;
        this.times = times;
    }

    @Override
    final RequestSample begin(C context) {
        return new RequestSample(null, false, this.times.begin());
    }

    @Override
    final void end(C context, RequestSample sample, @Nullable Throwable error) {
        this.times.end(sample.start(), this.reader.method(context), this.reader.uri(context),
                this.reader.route(context), this.reader.status(context), error);
    }

}
