package io.observability.benchmarks.request;

import java.io.IOException;
import java.util.List;

import jakarta.servlet.FilterChain;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

/**
 * The filters that one request meets, and then the servlet.
 */
final class InProcessChain implements FilterChain {

    private final List<InProcessFilter> filters;

    private final Servlet servlet;

    private final String path;

    private int next;

    InProcessChain(List<InProcessFilter> filters, Servlet servlet, String path) {
        this.filters = filters;
        this.servlet = servlet;
        this.path = path;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response) throws IOException, ServletException {
        while (this.next < this.filters.size()) {
            InProcessFilter candidate = this.filters.get(this.next++);
            if (candidate.matches(this.path)) {
                candidate.filter().doFilter(request, response, this);
                return;
            }
        }
        this.servlet.service(request, response);
    }

}
