package io.observability.starter.metrics;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Upper bounds of the buckets of a request's duration.
 *
 * @since 0.1.0
 */
public final class RequestBuckets {

    /**
     * Bounds that OpenTelemetry's semantic conventions advise for
     * <code>http.server.request.duration</code>.
     */
    private static final List<Duration> ADVISED = Stream
        .of(5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000)
        .map(Duration::ofMillis)
        .toList();

    private RequestBuckets() {
    }

    /**
     * Add service level objectives to the advised bounds, so that the share of requests
     * within an objective can be read exactly.
     * @param slo the objectives
     * @return the bounds, ascending, each once
     */
    public static Duration[] with(List<Duration> slo) {
        return Stream.concat(ADVISED.stream(), slo.stream()).distinct().sorted().toArray(Duration[]::new);
    }

}
