package io.observability.starter.health;

import java.util.List;
import java.util.Set;

import io.observability.starter.surface.Audience;
import io.observability.starter.surface.SurfaceEndpoint;
import io.observability.starter.surface.SurfaceRequest;
import io.observability.starter.surface.SurfaceResponse;

/**
 * The three probes. Each answers 200 or 503 from what is known already; none tells a
 * stranger more than names and statuses.
 *
 * @since 0.1.0
 */
public final class Probes {

    private static final NamePatterns ALL = new NamePatterns(Set.of("*"));

    // What most probes answer is made once.
    private static final SurfaceResponse UP = respond(HealthStatus.UP, HealthJson.of(HealthStatus.UP));

    private static final SurfaceResponse DOWN = respond(HealthStatus.DOWN, HealthJson.of(HealthStatus.DOWN));

    private static final SurfaceResponse OUT_OF_SERVICE = respond(HealthStatus.OUT_OF_SERVICE,
            HealthJson.of(HealthStatus.OUT_OF_SERVICE));

    private Probes() {
    }

    /**
     * Probe of liveness: the application's inner state and nothing else, since restarting
     * a service heals none of its dependencies.
     * @param path the path
     * @param availability what the application says of itself
     * @return the endpoint
     */
    public static SurfaceEndpoint liveness(String path, Availability availability) {
        return new Probe(path) {

            @Override
            public SurfaceResponse answer(SurfaceRequest request) {
                return availability.isLive() ? UP : DOWN;
            }

        };
    }

    /**
     * Probe of readiness: whether the application wants requests, and the checks that
     * were chosen for it.
     * @param path the path
     * @param availability what the application says of itself
     * @param checks the checks
     * @param names the checks that count, by name
     * @return the endpoint
     */
    public static SurfaceEndpoint readiness(String path, Availability availability, HealthChecks checks,
            NamePatterns names) {
        return new Probe(path) {

            @Override
            public SurfaceResponse answer(SurfaceRequest request) {
                HealthStatus status = availability.isReady() ? HealthStatus.UP : HealthStatus.OUT_OF_SERVICE;
                if (!status.failing() && !names.isEmpty()) {
                    checks.awaitFirstResults(names);
                    status = worst(status, checks, checks.states(), names);
                }
                if (!status.failing()) {
                    return UP;
                }
                return status.equals(HealthStatus.OUT_OF_SERVICE) ? OUT_OF_SERVICE : DOWN;
            }

        };
    }

    /**
     * Probe of health: liveness, readiness and all checks, and what each check found.
     * @param path the path
     * @param availability what the application says of itself
     * @param checks the checks
     * @return the endpoint
     */
    public static SurfaceEndpoint health(String path, Availability availability, HealthChecks checks) {
        return new Probe(path) {

            @Override
            public SurfaceResponse answer(SurfaceRequest request) {
                HealthStatus own = HealthStatus.DOWN;
                if (availability.isLive()) {
                    own = availability.isReady() ? HealthStatus.UP : HealthStatus.OUT_OF_SERVICE;
                }
                if (!own.failing()) {
                    checks.awaitFirstResults(ALL);
                }
                List<CheckState> states = checks.states();
                HealthStatus status = worst(own, checks, states, ALL);
                return respond(status, HealthJson.of(status, states));
            }

        };
    }

    private static SurfaceResponse respond(HealthStatus status, String body) {
        return SurfaceResponse.json(status.failing() ? 503 : 200, body);
    }

    private static HealthStatus worst(HealthStatus own, HealthChecks checks, List<CheckState> states,
            NamePatterns names) {
        if (!own.failing() && !checks.isListed()) {
            return HealthStatus.DOWN;
        }
        HealthStatus worst = own;
        for (CheckState state : states) {
            if (state.status().failing() && names.test(state.name())) {
                if (!state.status().equals(HealthStatus.OUT_OF_SERVICE)) {
                    return HealthStatus.DOWN;
                }
                worst = own.failing() ? own : HealthStatus.OUT_OF_SERVICE;
            }
        }
        return worst;
    }

    private abstract static class Probe implements SurfaceEndpoint {

        private final String path;

        Probe(String path) {
            this.path = path;
        }

        @Override
        public String path() {
            return this.path;
        }

        @Override
        public Audience audience() {
            return Audience.PROBE;
        }

    }

}
