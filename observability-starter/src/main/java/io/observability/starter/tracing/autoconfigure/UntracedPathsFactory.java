package io.observability.starter.tracing.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import io.observability.starter.surface.Surface;
import io.observability.starter.tracing.UntracedPaths;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.core.env.Environment;

/**
 * Collects the paths that are left out from what the application has and from what its
 * user set.
 */
final class UntracedPathsFactory {

    private UntracedPathsFactory() {
    }

    /**
     * Create the paths.
     * @param environment where Spring Boot's settings are
     * @param servletPath path of the dispatcher servlet, in front of the actuator's
     * @param surface the starter's own paths
     * @param properties the user's settings
     * @return the paths
     */
    static UntracedPaths create(Environment environment, String servletPath, ObjectProvider<Surface> surface,
            TracingProperties properties) {
        List<String> prefixes = new ArrayList<>();
        String actuator = strip(environment.getProperty("management.endpoints.web.base-path", "/actuator"));
        // Below the root the actuator's paths can't be told from the application's.
        if (!actuator.isEmpty() && ManagementPortType.get(environment) == ManagementPortType.SAME) {
            prefixes.add(strip(servletPath) + actuator);
        }
        return new UntracedPaths(new SurfacePaths(surface), prefixes, properties.getExcludePaths());
    }

    private static String strip(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /**
     * Asks for the surface at the first request: its endpoints may need beans that are
     * observed themselves.
     */
    private static final class SurfacePaths implements Predicate<String> {

        private final ObjectProvider<Surface> provider;

        private volatile @Nullable Predicate<String> paths;

        SurfacePaths(ObjectProvider<Surface> provider) {
            this.provider = provider;
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

    }

}
