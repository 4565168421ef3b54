package io.observability.benchmarks.request;

import java.util.ArrayList;
import java.util.EventListener;
import java.util.List;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.mock.web.MockServletConfig;
import org.springframework.mock.web.MockServletContext;

/**
 * Remembers what Spring Boot registers. Filters keep the order of a container: those that
 * ask to come before declared ones first, each group as registered.
 */
final class InProcessServletContext extends MockServletContext {

    private final List<InProcessFilter> registered = new ArrayList<>();

    private final List<InProcessFilter> ordered = new ArrayList<>();

    private final List<ServletRequestListener> requestListeners = new ArrayList<>();

    private @Nullable InProcessServlet defaultServlet;

    private final List<InProcessServlet> servlets = new ArrayList<>();

    @Override
    public FilterRegistration.Dynamic addFilter(String filterName, Filter filter) {
        InProcessFilter registration = new InProcessFilter(filterName, filter);
        this.registered.add(registration);
        return registration;
    }

    @Override
    public ServletRegistration.Dynamic addServlet(String servletName, Servlet servlet) {
        InProcessServlet registration = new InProcessServlet(servletName, servlet);
        this.servlets.add(registration);
        return registration;
    }

    @Override
    public <T extends EventListener> void addListener(T listener) {
        if (listener instanceof ServletRequestListener requestListener) {
            this.requestListeners.add(requestListener);
        }
        if (listener instanceof ServletContextListener contextListener) {
            contextListener.contextInitialized(new ServletContextEvent(this));
        }
    }

    void initializeFilters() throws ServletException {
        this.registered.stream().filter((filter) -> !filter.isAfterDeclared()).forEach(this.ordered::add);
        this.registered.stream().filter(InProcessFilter::isAfterDeclared).forEach(this.ordered::add);
        for (InProcessFilter filter : this.ordered) {
            filter.initialize(this);
        }
    }

    void initializeServlet() throws ServletException {
        InProcessServlet found = this.servlets.stream()
            .filter((servlet) -> servlet.getMappings().contains("/"))
            .findFirst()
            .orElseThrow(() -> new ServletException("No servlet takes all requests"));
        found.servlet().init(new MockServletConfig(this, found.getName()));
        this.defaultServlet = found;
    }

    InProcessChain chainFor(String path) throws ServletException {
        if (this.defaultServlet == null) {
            throw new ServletException("The server has not been started");
        }
        return new InProcessChain(this.ordered, this.defaultServlet.servlet(), path);
    }

    List<String> filterNames() {
        return this.ordered.stream().map(InProcessFilter::getName).toList();
    }

    void requestInitialized(HttpServletRequest request) {
        if (!this.requestListeners.isEmpty()) {
            ServletRequestEvent event = new ServletRequestEvent(this, request);
            this.requestListeners.forEach((listener) -> listener.requestInitialized(event));
        }
    }

    void requestDestroyed(HttpServletRequest request) {
        if (!this.requestListeners.isEmpty()) {
            ServletRequestEvent event = new ServletRequestEvent(this, request);
            for (int i = this.requestListeners.size() - 1; i >= 0; i--) {
                this.requestListeners.get(i).requestDestroyed(event);
            }
        }
    }

}
