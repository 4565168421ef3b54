package io.observability.starter.tracing.servlet;

import java.util.Collections;
import java.util.Enumeration;
import java.util.Iterator;

import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a servlet request as OpenTelemetry's propagators ask for them.
 */
enum RequestHeaders implements TextMapGetter<HttpServletRequest> {

    GETTER;

    @Override
    public Iterable<String> keys(HttpServletRequest carrier) {
        Enumeration<String> names = carrier.getHeaderNames();
        return (names != null) ? Collections.list(names) : Collections.emptyList();
    }

    @Override
    public @Nullable String get(@Nullable HttpServletRequest carrier, String key) {
        return (carrier != null) ? carrier.getHeader(key) : null;
    }

    @Override
    public Iterator<String> getAll(@Nullable HttpServletRequest carrier, String key) {
        Enumeration<String> values = (carrier != null) ? carrier.getHeaders(key) : null;
        return (values != null) ? values.asIterator() : Collections.emptyIterator();
    }

}
