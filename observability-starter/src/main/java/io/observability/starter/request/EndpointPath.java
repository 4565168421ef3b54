package io.observability.starter.request;

/**
 * The path that the actuator's endpoints are below, and which requests may be for one of
 * them. Immutable.
 *
 * @since 0.1.0
 */
public final class EndpointPath {

    private final String base;

    /**
     * Create a path.
     * @param base the path, such as {@code /actuator}, empty if endpoints may be anywhere
     */
    public EndpointPath(String base) {
        this.base = base;
    }

    /**
     * Whether a request may be for an endpoint. What is written in another way than it is
     * matched, with an escape or a parameter of a segment, may be (RFC 3986, section
     * 3.3).
     * @param path the request's path within the application, as it was sent
     * @return {@code false} if no endpoint has such a path
     */
    public boolean mayHave(String path) {
        return path.startsWith(this.base) || path.indexOf('%') >= 0 || path.indexOf(';') >= 0;
    }

}
