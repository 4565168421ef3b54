package io.observability.starter.context.reactive;

import java.util.List;

import io.observability.starter.context.RequestIds;
import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Gives each request its id: taken from a header if it is valid, otherwise made. The id
 * travels in the Reactor context, from which automatic context propagation puts it into
 * the MDC around each operator, and is answered in the same header.
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

    /**
     * Create a decorator.
     * @param header the name of the header that brings the id
     * @param accept whether an id from outside is taken
     * @param respond whether the id is answered in the same header
     */
    public RequestIdHandlerDecorator(String header, boolean accept, boolean respond) {
        this.header = header;
        this.accept = accept;
        this.respond = respond;
    }

    @Override
    public HttpHandler apply(HttpHandler handler) {
        return (request, response) -> {
            String id = idOf(request);
            if (this.respond) {
                response.getHeaders().set(this.header, id);
            }
            // Deferred, so that the id is there while the chain is put together.
            return Mono.defer(() -> handler.handle(request, response))
                .contextWrite((context) -> context.put(RequestIds.ATTRIBUTE, id));
        };
    }

    private String idOf(ServerHttpRequest request) {
        if (!this.accept) {
            return RequestIds.create();
        }
        List<String> values = request.getHeaders().get(this.header);
        return RequestIds.acceptOrCreate((values != null && values.size() == 1) ? values.get(0) : null);
    }

}
