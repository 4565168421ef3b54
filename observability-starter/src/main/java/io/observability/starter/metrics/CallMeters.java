package io.observability.starter.metrics;

import java.net.URI;

import io.observability.starter.call.CallPort;
import io.observability.starter.call.CallTimes;
import org.jspecify.annotations.Nullable;

/**
 * Meters of the calls that this process makes, whichever client makes them. Thread-safe.
 *
 * @since 0.1.0
 */
public final class CallMeters implements CallTimes {

    private final RequestMeters meters;

    /**
     * Create the meters.
     * @param meters where the calls are recorded
     */
    public CallMeters(RequestMeters meters) {
        this.meters = meters;
    }

    @Override
    public long begin() {
        return this.meters.beginCall();
    }

    @Override
    public void end(long start, @Nullable String method, @Nullable URI uri, @Nullable String route, int code,
            @Nullable Throwable error) {
        String host = (uri != null) ? uri.getHost() : null;
        this.meters.endCall(start, method, (host != null) ? host : LabelValue.UNKNOWN,
                (uri != null) ? CallPort.of(uri) : 0, (route != null) ? route : LabelValue.UNKNOWN, code, error);
    }

}
