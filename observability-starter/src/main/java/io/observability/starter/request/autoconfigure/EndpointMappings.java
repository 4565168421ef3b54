package io.observability.starter.request.autoconfigure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.autoconfigure.endpoint.web.CorsEndpointProperties;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.boot.actuate.endpoint.ExposableEndpoint;
import org.springframework.boot.actuate.endpoint.web.EndpointLinksResolver;
import org.springframework.boot.actuate.endpoint.web.EndpointMapping;
import org.springframework.boot.actuate.endpoint.web.EndpointMediaTypes;
import org.springframework.boot.actuate.endpoint.web.ExposableWebEndpoint;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoint;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.actuate.endpoint.web.WebEndpointsSupplier;
import org.springframework.util.StringUtils;
import org.springframework.web.cors.CorsConfiguration;

/**
 * What Spring Boot makes the mapping of the actuator's endpoints of, where they are on
 * the port of the application.
 */
final class EndpointMappings {

    private EndpointMappings() {
    }

    static <M> M create(WebEndpointsSupplier endpoints, PathMappedEndpoints all, EndpointMediaTypes mediaTypes,
            CorsEndpointProperties cors, WebEndpointProperties properties, Factory<M> factory) {
        List<ExposableEndpoint<?>> linked = new ArrayList<>();
        for (PathMappedEndpoint endpoint : all) {
            if (endpoint instanceof ExposableEndpoint<?> exposable) {
                linked.add(exposable);
            }
        }
        String path = properties.getBasePath();
        return factory.create(new EndpointMapping(path), endpoints.getEndpoints(), mediaTypes,
                cors.toCorsConfiguration(), new EndpointLinksResolver(linked, path),
                properties.getDiscovery().isEnabled() && StringUtils.hasText(path));
    }

    /**
     * Makes a mapping.
     *
     * @param <M> type of the mapping
     */
    interface Factory<M> {

        M create(EndpointMapping mapping, Collection<ExposableWebEndpoint> endpoints, EndpointMediaTypes mediaTypes,
                @Nullable CorsConfiguration cors, EndpointLinksResolver links, boolean linked);

    }

}
