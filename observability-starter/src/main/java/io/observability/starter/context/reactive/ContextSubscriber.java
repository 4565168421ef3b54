package io.observability.starter.context.reactive;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

/**
 * Passes on all signals, and asks for them with a context of its own.
 */
final class ContextSubscriber implements CoreSubscriber<Void> {

    private final CoreSubscriber<? super Void> actual;

    private final Context context;

    ContextSubscriber(CoreSubscriber<? super Void> actual, Context context) {
        this.actual = actual;
        this.context = context;
    }

    @Override
    public Context currentContext() {
        return this.context;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        this.actual.onSubscribe(subscription);
    }

    @Override
    public void onNext(@Nullable Void nothing) {
        // There is no value.
    }

    @Override
    public void onError(Throwable failure) {
        this.actual.onError(failure);
    }

    @Override
    public void onComplete() {
        this.actual.onComplete();
    }

}
