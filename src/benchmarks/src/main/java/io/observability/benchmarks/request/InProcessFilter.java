package io.observability.benchmarks.request;

import java.util.EnumSet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;

import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockFilterRegistration;

/**
 * A registered filter with the patterns that it asked for.
 */
final class InProcessFilter extends MockFilterRegistration {

    private final String name;

    private final Filter filter;

    private boolean takesRequests;

    private boolean afterDeclared;

    private boolean takesAll;

    InProcessFilter(String name, Filter filter) {
        super(name, filter.getClass().getName());
        this.name = name;
        this.filter = filter;
    }

    @Override
    public void addMappingForUrlPatterns(EnumSet<DispatcherType> dispatcherTypes, boolean isMatchAfter,
            String... urlPatterns) {
        super.addMappingForUrlPatterns(dispatcherTypes, isMatchAfter, urlPatterns);
        this.takesRequests = dispatcherTypes.contains(DispatcherType.REQUEST);
        this.afterDeclared = isMatchAfter;
        this.takesAll = getUrlPatternMappings().contains("/*");
    }

    void initialize(ServletContext servletContext) throws ServletException {
        MockFilterConfig config = new MockFilterConfig(servletContext, this.name);
        getInitParameters().forEach(config::addInitParameter);
        this.filter.init(config);
    }

    Filter filter() {
        return this.filter;
    }

    boolean isAfterDeclared() {
        return this.afterDeclared;
    }

    boolean matches(String path) {
        return this.takesRequests && (this.takesAll || matchesAnyPattern(path));
    }

    private boolean matchesAnyPattern(String path) {
        for (String pattern : getUrlPatternMappings()) {
            boolean below = pattern.endsWith("/*")
                    && (path + "/").startsWith(pattern.substring(0, pattern.length() - 1));
            boolean suffixed = pattern.startsWith("*.") && path.endsWith(pattern.substring(1));
            if (pattern.equals(path) || below || suffixed) {
                return true;
            }
        }
        return false;
    }

}
