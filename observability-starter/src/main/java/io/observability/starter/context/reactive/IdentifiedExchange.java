package io.observability.starter.context.reactive;

import io.observability.starter.context.BusinessTags;
import io.observability.starter.context.RequestIdScope;
import io.observability.starter.context.RequestIds;
import io.observability.starter.context.RequestTags;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * The handling of a request with its id and its business tags in the Reactor context. The
 * id is there while the handling is put together, too.
 *
 * @see ExchangeContext
 */
final class IdentifiedExchange extends Mono<Void> {

    private final HttpHandler handler;

    private final ServerHttpRequest request;

    private final ServerHttpResponse response;

    private final String id;

    private final RequestTags tags;

    IdentifiedExchange(HttpHandler handler, ServerHttpRequest request, ServerHttpResponse response, String id,
            RequestTags tags) {
        this.handler = handler;
        this.request = request;
        this.response = response;
        this.id = id;
        this.tags = tags;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Void> actual) {
        Context context = actual.currentContext()
            .put(RequestIds.ATTRIBUTE, this.id)
            .put(BusinessTags.ATTRIBUTE, this.tags);
        try (RequestIdScope scope = RequestIdScope.open(this.id, this.tags)) {
            handle(context).subscribe(new ContextSubscriber(actual, context));
        }
    }

    private Mono<Void> handle(Context context) {
        try {
            return this.handler.handle(this.request, this.response);
        }
        catch (RuntimeException ex) {
            return Mono.error(Operators.onOperatorError(ex, context));
        }
    }

}
