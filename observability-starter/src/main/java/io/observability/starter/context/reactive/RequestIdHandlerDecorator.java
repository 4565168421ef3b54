package io.observability.starter.context.reactive;

import java.util.List;

import io.observability.starter.context.HeaderTags;
import io.observability.starter.context.RequestIds;
import io.observability.starter.context.RequestTags;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Gives each request its id and its business tags. The id is taken from a header if it is
 * valid, otherwise made, and is answered in the same header. Both travel in the Reactor
 * context, from which automatic context propagation puts them into the MDC around each
 * operator.
 * <p>
 * It decorates the whole handler and is not a {@code WebFilter}, since the handlers of
 * errors stand outside of all filters and would log without the id. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RequestIdHandlerDecorator implements HttpHandlerDecoratorFactory {

    private final String header;

    private final boolean accept;

    private final boolean respond;

    private final HeaderTags headerTags;

    /**
     * Create a decorator.
     * @param header the name of the header that brings the id
     * @param accept whether an id from outside is taken
     * @param respond whether the id is answered in the same header
     * @param headerTags headers that are business tags
     */
    public RequestIdHandlerDecorator(String header, boolean accept, boolean respond, HeaderTags headerTags) {
        this.header = header;
        this.accept = accept;
        this.respond = respond;
        this.headerTags = headerTags;
    }

    @Override
    public HttpHandler apply(HttpHandler handler) {
        return (request, response) -> {
            String id = idOf(request);
            if (this.respond) {
                response.getHeaders().set(this.header, id);
            }
            RequestTags tags = this.headerTags.isEmpty() ? new RequestTags()
                    : this.headerTags.read((name) -> onlyValue(request, name));
            return new IdentifiedExchange(handler, request, response, id, tags);
        };
    }

    private String idOf(ServerHttpRequest request) {
        return this.accept ? RequestIds.acceptOrCreate(onlyValue(request, this.header)) : RequestIds.create();
    }

    private static @Nullable String onlyValue(ServerHttpRequest request, String name) {
        List<String> values = request.getHeaders().get(name);
        return (values != null && values.size() == 1) ? values.get(0) : null;
    }

}
