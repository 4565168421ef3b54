package io.observability.starter.tracing;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The handler of a request's observation: wherever the observation becomes current, so
 * does its span, also on a thread that it was carried to. Where the observation is taken
 * away for a while, so is the span. Thread-safe.
 *
 * @since 0.1.0
 */
public class SpanScopes implements ObservationHandler<Observation.Context> {

    // Scopes are closed on their thread, in the reverse order.
    private static final ThreadLocal<@Nullable Link> OPEN = new ThreadLocal<>();

    /**
     * Open the scope of an observation whose span is current already: other spans may be
     * within it by now.
     * @param observation the observation
     * @return its scope
     */
    public static Observation.Scope openWithoutSpan(Observation observation) {
        Link before = OPEN.get();
        OPEN.set(new Link(Scope.noop(), before, true));
        try {
            return observation.openScope();
        }
        catch (RuntimeException ex) {
            OPEN.set(before);
            throw ex;
        }
    }

    @Override
    public final boolean supportsContext(Observation.Context context) {
        return true;
    }

    @Override
    @SuppressWarnings("MustBeClosedChecker") // Closed with the observation's scope.
    public final void onScopeOpened(Observation.Context context) {
        Link last = OPEN.get();
        if (last != null && last.isNext) {
            OPEN.set(new Link(last.scope, last.before, false));
            return;
        }
        SpanCarrier carrier = SpanCarrier.of(context);
        Context current = (carrier != null) ? carrier.current() : Context.root();
        OPEN.set(new Link(current.makeCurrent(), last, false));
    }

    @Override
    public final void onScopeClosed(Observation.Context context) {
        Link last = OPEN.get();
        if (last == null) {
            return;
        }
        last.scope.close();
        OPEN.set(last.before);
    }

    @Override
    public final void onEvent(Observation.Event event, Observation.Context context) {
        SpanCarrier carrier = SpanCarrier.of(context);
        if (carrier != null) {
            carrier.span().addEvent(event.getContextualName());
        }
    }

    private record Link(Scope scope, @Nullable Link before, boolean isNext) {
    }

}
