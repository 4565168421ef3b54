package io.observability.starter.health;

/**
 * Hears of what the background checks find. Called on the thread that schedules the
 * checks, so it must not block.
 *
 * @since 0.1.0
 */
public interface HealthListener {

    /**
     * There is a check that was not there before.
     * @param check the check's name
     */
    default void added(String check) {
    }

    /**
     * A check is not there any more.
     * @param check the check's name
     */
    default void removed(String check) {
    }

    /**
     * The status of a check is another one than before.
     * @param before the state that was last told
     * @param now the state now
     */
    void changed(CheckState before, CheckState now);

    /**
     * The checks could not be listed; those known keep running. Told once until a listing
     * succeeds again.
     * @param failure what went wrong
     */
    void listingFailed(Throwable failure);

    /**
     * There are more checks than are run.
     * @param limit the number of checks that are run
     */
    void tooManyChecks(int limit);

}
