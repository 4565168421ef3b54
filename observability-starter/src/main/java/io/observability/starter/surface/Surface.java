package io.observability.starter.surface;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.observability.starter.settings.InvalidSettingException;
import org.jspecify.annotations.Nullable;

/**
 * All endpoints of ours by path, and those of them that the application has taken over.
 * Thread-safe: {@link #stepBack} happens while the context starts, before any request.
 *
 * @since 0.1.0
 */
public final class Surface {

    private final Map<String, SurfaceEndpoint> endpoints;

    private volatile Set<String> takenOver = Set.of();

    /**
     * Create a surface.
     * @param endpoints the endpoints, each with a path of its own
     */
    public Surface(Collection<SurfaceEndpoint> endpoints) {
        Map<String, SurfaceEndpoint> byPath = new HashMap<>();
        for (SurfaceEndpoint endpoint : endpoints) {
            if (byPath.putIfAbsent(endpoint.path(), endpoint) != null) {
                throw new InvalidSettingException("observability.*.path", endpoint.path(),
                        "different for each endpoint of the starter");
            }
        }
        this.endpoints = Map.copyOf(byPath);
    }

    /**
     * Find the endpoint of a path, unless the application answers it.
     * @param path the path below the context path
     * @return the endpoint or {@code null}
     */
    public @Nullable SurfaceEndpoint find(String path) {
        SurfaceEndpoint endpoint = this.endpoints.get(path);
        return (endpoint != null && !this.takenOver.contains(path)) ? endpoint : null;
    }

    /**
     * All endpoints, whether or not the application answers their paths.
     * @return the endpoints
     */
    public Collection<SurfaceEndpoint> endpoints() {
        return this.endpoints.values();
    }

    /**
     * Paths of an audience, whether or not the application answers them.
     * @param audience the audience
     * @return the paths, in order
     */
    public List<String> paths(Audience audience) {
        List<String> paths = new ArrayList<>();
        for (SurfaceEndpoint endpoint : this.endpoints.values()) {
            if (endpoint.audience() == audience) {
                paths.add(endpoint.path());
            }
        }
        paths.sort(null);
        return paths;
    }

    /**
     * Paths that are ours and that the application answers itself.
     * @return the paths
     */
    public Set<String> takenOver() {
        return this.takenOver;
    }

    /**
     * Leave those of our paths that the application maps to the application.
     * @param applicationPaths the literal paths that the application maps
     */
    public void stepBack(Collection<String> applicationPaths) {
        Set<String> taken = new HashSet<>(this.takenOver);
        for (String path : applicationPaths) {
            if (this.endpoints.containsKey(path)) {
                taken.add(path);
            }
        }
        this.takenOver = Set.copyOf(taken);
    }

}
