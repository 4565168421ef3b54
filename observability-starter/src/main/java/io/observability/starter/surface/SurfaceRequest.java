package io.observability.starter.surface;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The part of an HTTP request that an endpoint of ours looks at.
 *
 * @since 0.1.0
 */
public interface SurfaceRequest {

    /**
     * All values of a header joined with a comma (RFC 9110, section 5.3).
     * @param name the header's name, in any case
     * @return the value, or {@code null} if the header is absent
     */
    @Nullable String header(String name);

    /**
     * Values of a query parameter.
     * @param name the parameter's name
     * @return the values, none if it is absent
     */
    List<String> parameters(String name);

}
