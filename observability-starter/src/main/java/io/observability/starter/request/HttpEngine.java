package io.observability.starter.request;

/**
 * Who observes the requests that this service answers.
 *
 * @since 0.1.0
 */
public enum HttpEngine {

    /** The starter itself, unless the application changes Spring's observation. */
    AUTO,

    /** The starter itself: on a servlet container a filter of its own. */
    DIRECT,

    /** Spring's observation of served requests. */
    OBSERVATION

}
