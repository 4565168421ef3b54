package io.observability.starter.surface;

/**
 * One path that the starter answers by itself, for {@code GET} and {@code HEAD}. Each
 * bean of this type is served by the servlet container or by WebFlux, ahead of the
 * application's handlers and neither traced nor counted; where the application maps the
 * same path, the application's mapping wins. Implementations are thread-safe.
 *
 * @since 0.1.0
 */
public interface SurfaceEndpoint {

    /**
     * Path below the context path.
     * @return the path, with a leading slash and without wildcards
     */
    String path();

    /**
     * Who asks for this path.
     * @return the audience
     */
    Audience audience();

    /**
     * Answer one request, quickly, since on WebFlux the thread is an event loop; must not
     * throw.
     * @param request the request
     * @return the answer
     */
    SurfaceResponse answer(SurfaceRequest request);

}
