package io.observability.starter.tracing.servlet;

import java.io.IOException;

import io.observability.starter.context.Unobserved;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

/**
 * Leaves out what a management port's requests would make observed, such as a trace of
 * the security filters. Thread-safe.
 *
 * @since 0.1.0
 */
public final class UnobservedFilter implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try (Unobserved.Scope unobserved = Unobserved.open()) {
            chain.doFilter(request, response);
        }
    }

}
