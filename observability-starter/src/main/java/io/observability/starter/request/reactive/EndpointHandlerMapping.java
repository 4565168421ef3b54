package io.observability.starter.request.reactive;

import java.util.Collection;

import io.observability.starter.request.EndpointPath;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.endpoint.web.EndpointLinksResolver;
import org.springframework.boot.actuate.endpoint.web.EndpointMapping;
import org.springframework.boot.actuate.endpoint.web.EndpointMediaTypes;
import org.springframework.boot.actuate.endpoint.web.ExposableWebEndpoint;
import org.springframework.boot.webflux.actuate.endpoint.web.WebFluxEndpointHandlerMapping;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.server.ServerWebExchange;

/**
 * Spring Boot's mapping of the actuator's endpoints on WebFlux, for exchanges that have a
 * path of theirs. Thread-safe.
 *
 * @since 0.1.0
 */
public final class EndpointHandlerMapping extends WebFluxEndpointHandlerMapping {

    private final EndpointPath path;

    /**
     * Create the mapping.
     * @param mapping the path that the endpoints are below
     * @param endpoints the endpoints
     * @param mediaTypes what they take and answer
     * @param cors who may ask from another origin
     * @param links works out the links
     * @param linked whether the links have a page
     */
    public EndpointHandlerMapping(EndpointMapping mapping, Collection<ExposableWebEndpoint> endpoints,
            EndpointMediaTypes mediaTypes, @Nullable CorsConfiguration cors, EndpointLinksResolver links,
            boolean linked) {
        super(mapping, endpoints, mediaTypes, cors, links, linked);
        this.path = new EndpointPath(mapping.getPath());
    }

    @Override
    public Mono<HandlerMethod> getHandlerInternal(ServerWebExchange exchange) {
        return this.path.mayHave(exchange.getRequest().getPath().pathWithinApplication().value())
                ? super.getHandlerInternal(exchange) : Mono.empty();
    }

}
