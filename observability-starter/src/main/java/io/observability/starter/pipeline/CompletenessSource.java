package io.observability.starter.pipeline;

import java.util.List;

/**
 * Who counts how complete some telemetry is. Asked when metrics are scraped, and names
 * the same things each time.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface CompletenessSource {

    /**
     * The counts now.
     * @return one entry for each thing that is counted
     */
    List<Completeness> completeness();

}
