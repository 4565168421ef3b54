package io.observability.starter.health;

/**
 * One check of a dependency. Run on a background thread, never twice at the same time; it
 * may block, but a run longer than the time-out counts as failed.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface HealthCheck {

    /**
     * Look at the dependency.
     * @return what was found
     * @throws Exception if the dependency fails; the same as {@link HealthStatus#DOWN}
     */
    HealthStatus check() throws Exception;

}
