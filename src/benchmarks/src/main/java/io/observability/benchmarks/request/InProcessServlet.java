package io.observability.benchmarks.request;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletSecurityElement;
import org.jspecify.annotations.Nullable;

import org.springframework.mock.web.MockFilterRegistration;

/**
 * A registered servlet with its mappings; all else that a registration can say makes no
 * difference here.
 */
final class InProcessServlet extends MockFilterRegistration implements ServletRegistration.Dynamic {

    private final Servlet servlet;

    private final Set<String> mappings = new LinkedHashSet<>();

    InProcessServlet(String name, Servlet servlet) {
        super(name, servlet.getClass().getName());
        this.servlet = servlet;
    }

    Servlet servlet() {
        return this.servlet;
    }

    @Override
    public Set<String> addMapping(String... urlPatterns) {
        Collections.addAll(this.mappings, urlPatterns);
        return Collections.emptySet();
    }

    @Override
    public Collection<String> getMappings() {
        return this.mappings;
    }

    @Override
    public @Nullable String getRunAsRole() {
        return null;
    }

    @Override
    public void setLoadOnStartup(int loadOnStartup) {
        // The server initializes its servlet when it starts.
    }

    @Override
    public Set<String> setServletSecurity(ServletSecurityElement constraint) {
        return Collections.emptySet();
    }

    @Override
    public void setMultipartConfig(MultipartConfigElement multipartConfig) {
        // No request here has parts.
    }

    @Override
    public void setRunAsRole(String roleName) {
        // There are no roles.
    }

}
