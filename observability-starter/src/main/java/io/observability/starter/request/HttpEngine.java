package io.observability.starter.request;

/**
 * Who observes the requests that a servlet container serves.
 *
 * @since 0.1.0
 */
public enum HttpEngine {

    /** The starter's own filter, unless the application changes Spring's observation. */
    AUTO,

    /** The starter's own filter. */
    DIRECT,

    /** Spring's observation of served requests. */
    OBSERVATION

}
