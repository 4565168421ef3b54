package io.observability.starter.health;

import java.time.Duration;

/**
 * When checks run and for how long their results hold.
 *
 * @param timeout after which a run that has not ended counts as failed
 * @param interval from the start of one run of a check to the start of its next
 * @param staleAfter age from which on a result counts as failed
 * @since 0.1.0
 */
public record HealthTimings(Duration timeout, Duration interval, Duration staleAfter) {

}
