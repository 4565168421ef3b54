package io.observability.starter.tracing;

import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code traceparent} and {@code tracestate} of a request by the rules of W3C
 * Trace Context level 2, and leaves all else (baggage, other formats, and writing) to the
 * propagators that it stands before. Two {@code traceparent} headers begin a new trace;
 * several {@code tracestate} headers are one list.
 * <p>
 * Where the request has a valid parent, the others do not see the two headers, so they
 * can't put another parent in its place. Thread-safe.
 *
 * @since 0.1.0
 * @see <a href="https://www.w3.org/TR/trace-context-2/">W3C Trace Context, level 2</a>
 */
public final class TraceContextPropagator implements TextMapPropagator {

    private static final String TRACE_PARENT = "traceparent";

    private static final String TRACE_STATE = "tracestate";

    private final TextMapPropagator others;

    private final Collection<String> fields;

    private final boolean fieldsAreAll;

    private final String[] othersFields;

    private final String[] othersFieldsWithParent;

    /**
     * Create a propagator.
     * @param others what reads all but the two headers, and writes
     * @param fieldsAreAll whether the others read nothing but what they give as their
     * fields: a request that has none of those is not shown to them, which is what most
     * of the reading costs
     */
    public TraceContextPropagator(TextMapPropagator others, boolean fieldsAreAll) {
        this.others = others;
        this.fieldsAreAll = fieldsAreAll;
        this.othersFields = fields(others, (field) -> !isTraceContext(field) && !isB3Detail(field));
        this.othersFieldsWithParent = fields(others, (field) -> !isTraceContext(field) && !isB3(field));
        Set<String> fields = new LinkedHashSet<>();
        fields.add(TRACE_PARENT);
        fields.add(TRACE_STATE);
        fields.addAll(others.fields());
        this.fields = Set.copyOf(fields);
    }

    @Override
    public Collection<String> fields() {
        return this.fields;
    }

    @Override
    public <C> void inject(Context context, @Nullable C carrier, TextMapSetter<C> setter) {
        this.others.inject(context, carrier, setter);
    }

    @Override
    public <C> Context extract(Context context, @Nullable C carrier, TextMapGetter<C> getter) {
        String first = getter.get(carrier, TRACE_PARENT);
        if (first == null) {
            return hasAny(this.othersFields, carrier, getter) ? this.others.extract(context, carrier, getter) : context;
        }
        SpanContext parent = parent(first, carrier, getter);
        Context extracted = context;
        if (hasAny((parent != null) ? this.othersFieldsWithParent : this.othersFields, carrier, getter)) {
            extracted = this.others.extract(context, carrier, new HidingGetter<>(getter, parent != null));
        }
        return (parent != null) ? extracted.with(Span.wrap(parent)) : extracted;
    }

    private <C> boolean hasAny(String[] names, @Nullable C carrier, TextMapGetter<C> getter) {
        if (!this.fieldsAreAll) {
            return true;
        }
        for (String name : names) {
            if (getter.get(carrier, name) != null) {
                return true;
            }
        }
        return false;
    }

    private static String[] fields(TextMapPropagator propagator, Predicate<String> wanted) {
        return propagator.fields().stream().filter(wanted).toArray(String[]::new);
    }

    private static boolean isTraceContext(String field) {
        return TRACE_PARENT.equals(field) || TRACE_STATE.equals(field);
    }

    // Without a trace id, they are the parent of nothing.
    private static boolean isB3Detail(String field) {
        return field.startsWith("X-B3-") && !field.equals("X-B3-TraceId");
    }

    private static boolean isB3(String field) {
        return field.equals("b3") || field.startsWith("X-B3-");
    }

    private static <C> @Nullable SpanContext parent(String first, @Nullable C carrier, TextMapGetter<C> getter) {
        TraceParent parent = TraceParent.parse(first);
        if (parent == null || hasMore(getter.getAll(carrier, TRACE_PARENT))) {
            return null;
        }
        // Absent far more often than not; asking for one value is cheaper than for all.
        return parent.toSpanContext((getter.get(carrier, TRACE_STATE) != null)
                ? LevelTwoTraceState.parse(getter.getAll(carrier, TRACE_STATE)) : TraceState.getDefault());
    }

    private static boolean hasMore(Iterator<String> values) {
        if (values.hasNext()) {
            values.next();
        }
        return values.hasNext();
    }

    @Override
    public String toString() {
        return "TraceContextPropagator{others=" + this.others + "}";
    }

    /**
     * Shows all headers but the two that are read already, and with a parent found
     * neither those of B3, which would be asked for one by one.
     */
    private static final class HidingGetter<C> implements TextMapGetter<C> {

        private final TextMapGetter<C> getter;

        private final boolean parentFound;

        HidingGetter(TextMapGetter<C> getter, boolean parentFound) {
            this.getter = getter;
            this.parentFound = parentFound;
        }

        @Override
        public Iterable<String> keys(C carrier) {
            return this.getter.keys(carrier);
        }

        @Override
        public @Nullable String get(@Nullable C carrier, String key) {
            return isHidden(key) ? null : this.getter.get(carrier, key);
        }

        @Override
        public Iterator<String> getAll(@Nullable C carrier, String key) {
            return isHidden(key) ? Collections.emptyIterator() : this.getter.getAll(carrier, key);
        }

        private boolean isHidden(String key) {
            return isTraceContext(key) || (this.parentFound && isB3(key));
        }

    }

}
