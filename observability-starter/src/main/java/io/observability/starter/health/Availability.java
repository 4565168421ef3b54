package io.observability.starter.health;

/**
 * What the application says of itself.
 *
 * @since 0.1.0
 */
public interface Availability {

    /**
     * Whether the application's inner state is sound; if not, only a restart helps.
     * @return whether it is
     */
    boolean isLive();

    /**
     * Whether the application wants requests.
     * @return whether it does
     */
    boolean isReady();

}
