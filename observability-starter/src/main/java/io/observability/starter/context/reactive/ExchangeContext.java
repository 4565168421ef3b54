package io.observability.starter.context.reactive;

import java.util.function.UnaryOperator;

import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * The handling of a request with more in its Reactor context. As {@code contextWrite}
 * does it, but automatic context propagation does not set all thread-locals around it, at
 * some 2 kB a request: what handles the request does that further in, for all that is in
 * the context by then.
 *
 * @since 0.1.0
 */
public final class ExchangeContext extends Mono<Void> {

    private final Mono<Void> handling;

    private final UnaryOperator<Context> addition;

    /**
     * Add to the context.
     * @param handling the handling of the request
     * @param addition what is added
     */
    public ExchangeContext(Mono<Void> handling, UnaryOperator<Context> addition) {
        this.handling = handling;
        this.addition = addition;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Void> actual) {
        this.handling.subscribe(new ContextSubscriber(actual, this.addition.apply(actual.currentContext())));
    }

}
