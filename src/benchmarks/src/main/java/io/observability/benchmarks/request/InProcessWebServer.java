package io.observability.benchmarks.request;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.boot.web.servlet.ServletContextInitializer;

/**
 * A web server without sockets. Spring Boot registers filters, servlets and listeners
 * with it exactly as it does with Tomcat, and requests meet them in the same order; what
 * is missing is the container's own work, which is the same in each variant.
 */
final class InProcessWebServer implements WebServer {

    private final InProcessServletContext servletContext = new InProcessServletContext();

    InProcessWebServer(ServletContextInitializer... initializers) {
        try {
            for (ServletContextInitializer initializer : initializers) {
                initializer.onStartup(this.servletContext);
            }
            this.servletContext.initializeFilters();
        }
        catch (ServletException ex) {
            throw new WebServerException("Failed to prepare the servlet context", ex);
        }
    }

    @Override
    public void start() throws WebServerException {
        try {
            this.servletContext.initializeServlet();
        }
        catch (ServletException ex) {
            throw new WebServerException("Failed to initialize the servlet", ex);
        }
    }

    InProcessServletContext servletContext() {
        return this.servletContext;
    }

    void handle(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        this.servletContext.requestInitialized(request);
        try {
            this.servletContext.chainFor(request.getRequestURI()).doFilter(request, response);
        }
        finally {
            this.servletContext.requestDestroyed(request);
        }
    }

    @Override
    public void stop() {
        // Nothing runs that would have to stop.
    }

    @Override
    public int getPort() {
        return -1;
    }

}
