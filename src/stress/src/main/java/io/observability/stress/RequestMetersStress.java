package io.observability.stress;

import java.util.List;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.observability.starter.metrics.MetricNaming;
import io.observability.starter.metrics.RequestMeters;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/**
 * The first requests of a route come at once: each is counted once, in series that are
 * there once, and a bound on routes holds.
 */
public final class RequestMetersStress {

    private RequestMetersStress() {
    }

    /** A service with room for one route. */
    static class Service {

        private final MeterRegistry registry = new SimpleMeterRegistry();

        private final RequestMeters meters = RequestMeters.ofServer(this.registry, MetricNaming.CONVENTIONAL, List.of(),
                1);

        final void request(String route) {
            this.meters.end(this.meters.begin("GET", false), "GET", false, route, 200, null);
        }

        /**
         * The end: series, requests counted, requests timed, and requests in flight.
         * @param result where they go
         */
        final void count(IIII_Result result) {
            result.r1 = this.registry.find("http.requests").meters().size();
            result.r2 = (int) this.registry.find("http.requests")
                .functionCounters()
                .stream()
                .mapToDouble(FunctionCounter::count)
                .sum();
            result.r3 = (int) this.registry.find("http.request.duration")
                .timers()
                .stream()
                .mapToLong(Timer::count)
                .sum();
            result.r4 = (int) this.registry.get("http.requests.in.flight").gauge().value();
        }

    }

    /** Two requests of the same new route. */
    @JCStressTest
    @Outcome(id = "1, 2, 2, 0", expect = Expect.ACCEPTABLE, desc = "One series that has both.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Two series, or a request lost.")
    @State
    public static class OneRoute extends Service {

        @Actor
        public void one() {
            request("/shirts/{id}");
        }

        @Actor
        public void two() {
            request("/shirts/{id}");
        }

        @Arbiter
        public void end(IIII_Result result) {
            count(result);
        }

    }

    /** Two requests of different new routes, of which one has room. */
    @JCStressTest
    @Outcome(id = "2, 2, 2, 0", expect = Expect.ACCEPTABLE, desc = "One has its series, the other is with the rest.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A series too few, or a request lost.")
    @State
    public static class TwoRoutes extends Service {

        @Actor
        public void one() {
            request("/shirts/{id}");
        }

        @Actor
        public void two() {
            request("/socks/{id}");
        }

        @Arbiter
        public void end(IIII_Result result) {
            count(result);
        }

    }

}
