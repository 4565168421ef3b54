package io.observability.starter.surface.servlet;

import java.io.IOException;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Stands at the starter's own paths where no servlet of the application does, so that the
 * container runs the filter that answers them. By itself it finds nothing.
 *
 * @since 0.1.0
 */
public final class SurfaceServlet extends HttpServlet {

    /** Name of the registration. */
    public static final String NAME = "observabilitySurfaceServlet";

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }

}
