package io.observability.starter.request.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Traces the requests that a servlet container serves. Implementations are thread-safe.
 *
 * @since 0.1.0
 */
public interface RequestTracing {

    /**
     * Whether a request is neither traced nor counted.
     * @param request the request, in its first dispatch
     * @return whether it is left out
     */
    boolean isUntraced(HttpServletRequest request);

    /**
     * Begin the trace of a request, as its headers say and as the sampler decides.
     * @param request the request
     * @param response its response
     * @return the trace, which is not current on any thread yet
     */
    RequestTrace begin(HttpServletRequest request, HttpServletResponse response);

}
