package io.observability.starter.logging.autoconfigure;

import java.util.function.Predicate;

import io.observability.starter.logging.access.StarterPaths;
import io.observability.starter.surface.Surface;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.core.env.Environment;

/**
 * Asks for the surface at the first request: its endpoints may need beans that are not
 * there yet.
 */
final class AccessPaths implements Predicate<String> {

    private final ObjectProvider<Surface> provider;

    private volatile @Nullable Predicate<String> paths;

    private AccessPaths(ObjectProvider<Surface> provider) {
        this.provider = provider;
    }

    static StarterPaths of(Environment environment, String servletPath, ObjectProvider<Surface> surface) {
        String actuator = strip(environment.getProperty("management.endpoints.web.base-path", "/actuator"));
        // Below the root the actuator's paths can't be told from the application's.
        boolean told = !actuator.isEmpty() && ManagementPortType.get(environment) == ManagementPortType.SAME;
        return new StarterPaths(new AccessPaths(surface), told ? strip(servletPath) + actuator : "");
    }

    @Override
    public boolean test(String path) {
        Predicate<String> current = this.paths;
        if (current == null) {
            Surface surface = this.provider.getIfAvailable();
            current = (surface != null) ? (candidate) -> surface.find(candidate) != null : (candidate) -> false;
            this.paths = current;
        }
        return current.test(path);
    }

    private static String strip(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

}
