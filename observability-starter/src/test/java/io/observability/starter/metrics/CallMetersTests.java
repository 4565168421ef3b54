package io.observability.starter.metrics;

import java.net.URI;
import java.util.List;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.observability.starter.call.CallTimes;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CallMeters}.
 */
class CallMetersTests {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private final CallMeters meters = new CallMeters(
            RequestMeters.ofClient(this.registry, MetricNaming.CONVENTIONAL, List.of(), 10));

    @Test
    void isCountedByHostAndRoute() {
        this.meters.end(this.meters.begin(), "GET", URI.create("http://stock:8080/items/7"), "/items/{id}", 200, null);
        assertThat(timer().getId().getTag("route")).isEqualTo("/items/{id}");
        assertThat(timer().getId().getTag("host")).isEqualTo("stock");
    }

    @Test
    void routeIsUnknownWithoutATemplate() {
        this.meters.end(this.meters.begin(), "GET", null, null, CallTimes.NO_ANSWER, null);
        assertThat(timer().getId().getTag("route")).isEqualTo("_unknown");
        assertThat(timer().getId().getTag("host")).isEqualTo("_unknown");
    }

    private Timer timer() {
        return this.registry.get("http.client.request.duration").timer();
    }

}
