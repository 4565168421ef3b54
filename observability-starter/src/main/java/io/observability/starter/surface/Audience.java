package io.observability.starter.surface;

/**
 * Who asks for a path, and so where it is answered.
 *
 * @since 0.1.0
 */
public enum Audience {

    /**
     * An orchestrator's probe: answered on the application's port and on the management
     * port, ahead of any security filter, so the answer must tell a stranger nothing.
     */
    PROBE,

    /**
     * A metrics scraper: answered on the management port when there is one of its own,
     * and behind the application's security filters.
     */
    SCRAPER

}
