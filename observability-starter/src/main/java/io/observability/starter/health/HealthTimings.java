package io.observability.starter.health;

import java.time.Duration;

/**
 * When a check runs and for how long its result holds.
 *
 * @param timeout after which a run that has not ended counts as failed
 * @param interval from the start of one run of the check to the start of its next
 * @param staleAfter age from which on a result counts as failed
 * @param interrupt whether the thread of a run that is late is interrupted, once
 * @since 0.1.0
 */
public record HealthTimings(Duration timeout, Duration interval, Duration staleAfter, boolean interrupt) {

}
