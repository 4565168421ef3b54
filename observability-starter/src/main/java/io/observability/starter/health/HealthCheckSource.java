package io.observability.starter.health;

import java.util.Map;

/**
 * Where checks come from. Asked about once a second on a background thread, so that
 * checks may come and go while the service runs.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface HealthCheckSource {

    /**
     * List the checks there are now.
     * @return the checks by name
     */
    Map<String, HealthCheck> checks();

}
