package io.observability.starter.tracing.reactive;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;

import io.opentelemetry.context.propagation.TextMapGetter;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * The headers of a WebFlux request as OpenTelemetry's propagators ask for them.
 */
enum ExchangeHeaders implements TextMapGetter<ServerHttpRequest> {

    GETTER;

    @Override
    public Iterable<String> keys(ServerHttpRequest carrier) {
        return carrier.getHeaders().headerNames();
    }

    @Override
    public @Nullable String get(@Nullable ServerHttpRequest carrier, String key) {
        return (carrier != null) ? carrier.getHeaders().getFirst(key) : null;
    }

    @Override
    public Iterator<String> getAll(@Nullable ServerHttpRequest carrier, String key) {
        List<String> values = (carrier != null) ? carrier.getHeaders().get(key) : null;
        return (values != null) ? values.iterator() : Collections.emptyIterator();
    }

}
