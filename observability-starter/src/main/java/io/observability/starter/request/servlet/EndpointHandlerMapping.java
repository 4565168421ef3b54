package io.observability.starter.request.servlet;

import java.util.Collection;

import io.observability.starter.request.EndpointPath;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.web.EndpointLinksResolver;
import org.springframework.boot.actuate.endpoint.web.EndpointMapping;
import org.springframework.boot.actuate.endpoint.web.EndpointMediaTypes;
import org.springframework.boot.actuate.endpoint.web.ExposableWebEndpoint;
import org.springframework.boot.webmvc.actuate.endpoint.web.WebMvcEndpointHandlerMapping;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Spring Boot's mapping of the actuator's endpoints, for requests that have a path of
 * theirs. It stands in front of the application's, and for each request of the
 * application Spring Boot's looks at method, media types and pattern of every endpoint.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class EndpointHandlerMapping extends WebMvcEndpointHandlerMapping {

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
    protected @Nullable HandlerMethod getHandlerInternal(HttpServletRequest request) throws Exception {
        if (ServletRequestPathUtils.hasParsedRequestPath(request) && !this.path
            .mayHave(ServletRequestPathUtils.getParsedRequestPath(request).pathWithinApplication().value())) {
            return null;
        }
        return super.getHandlerInternal(request);
    }

}
