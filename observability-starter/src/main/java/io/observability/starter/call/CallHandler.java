package io.observability.starter.call;

import java.net.URI;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.observability.starter.context.RequestIds;
import io.observability.starter.context.Unobserved;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does all that happens once for a call: headers, span and metric. It is the one handler
 * of the registry that a client is given, so that neither the application's handlers nor
 * their key-values are paid for. It never throws: a call is not to fail for being
 * observed. Thread-safe.
 *
 * @param <C> the type of the client's observations
 * @since 0.1.0
 */
public final class CallHandler<C extends Observation.Context> implements ObservationHandler<Observation.Context> {

    private static final Logger logger = LoggerFactory.getLogger(CallHandler.class);

    private static final AtomicBoolean FAILURE_SAID = new AtomicBoolean();

    // Scopes are closed on their thread, in the reverse order. An entry without a value
    // stays on a pooled thread: taking it out would make a new one for each call.
    private static final ThreadLocal<CallTrace.@Nullable Scope> OPEN = new ThreadLocal<>();

    private final CallReader<C> reader;

    private final CallTimes times;

    private final CallTracing tracing;

    private final @Nullable String requestIdHeader;

    // Headers are looked up in lower case: another would be made for each call.
    private final String requestIdKey;

    /**
     * Create a handler.
     * @param reader what knows the client
     * @param times where the calls are counted
     * @param tracing what traces them
     * @param requestIdHeader name of the header that passes the request id on,
     * {@code null} for none
     */
    public CallHandler(CallReader<C> reader, CallTimes times, CallTracing tracing, @Nullable String requestIdHeader) {
        this.reader = reader;
        this.times = times;
        this.tracing = tracing;
        this.requestIdHeader = requestIdHeader;
        this.requestIdKey = (requestIdHeader != null) ? requestIdHeader.toLowerCase(Locale.ROOT) : "";
    }

    /**
     * Make a registry for clients that has this handler alone. What is current is known
     * to all registries, so observations find their parents and children as ever.
     * @return the registry
     */
    public ObservationRegistry registry() {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig()
            .observationHandler(this)
            .observationPredicate((name, context) -> !Unobserved.isActive());
        return registry;
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        // Where an observation of this registry is taken away for a while, so is the
        // span.
        return true;
    }

    @Override
    public void onStart(Observation.Context context) {
        try {
            if (this.reader.contextType().isInstance(context)) {
                begin(this.reader.contextType().cast(context));
            }
        }
        catch (RuntimeException ex) {
            failed(ex);
        }
    }

    private void begin(C context) {
        CallHeaders headers = this.reader.headers(context);
        long start = this.times.begin();
        CallTrace trace = this.tracing.begin(context, this.reader.method(context), headers);
        this.reader.keep(context, headers, trace.startedAt(start));
        passIdOn(headers);
    }

    private void passIdOn(CallHeaders headers) {
        String id = (this.requestIdHeader != null) ? RequestIds.current() : null;
        // What the application sets itself stays.
        if (this.requestIdHeader != null && id != null && !headers.has(this.requestIdKey)) {
            headers.set(this.requestIdHeader, id);
        }
    }

    @Override
    public void onScopeOpened(Observation.Context context) {
        CallTrace trace = trace(context);
        OPEN.set(((trace != null) ? trace.open() : this.tracing.leave()).within(OPEN.get()));
    }

    @Override
    public void onScopeClosed(Observation.Context context) {
        CallTrace.Scope last = OPEN.get();
        if (last != null) {
            OPEN.set(last.before());
            last.close();
        }
    }

    @Override
    public void onEvent(Observation.Event event, Observation.Context context) {
        CallTrace trace = trace(context);
        if (trace != null) {
            trace.event(event.getContextualName());
        }
    }

    @Override
    public void onStop(Observation.Context context) {
        CallTrace trace = trace(context);
        if (trace == null || !trace.endOnce()) {
            return;
        }
        try {
            end(trace, this.reader.contextType().cast(context));
        }
        catch (RuntimeException ex) {
            failed(ex);
        }
    }

    private @Nullable CallTrace trace(Observation.Context context) {
        return this.reader.contextType().isInstance(context) ? this.reader.kept(this.reader.contextType().cast(context))
                : null;
    }

    private void end(CallTrace trace, C context) {
        String method = this.reader.method(context);
        URI uri = this.reader.uri(context);
        String route = this.reader.route(context);
        int code = this.reader.status(context);
        try {
            this.times.end(trace.start(), method, uri, route, code, context.getError());
        }
        finally {
            trace.end(context, method, uri, route, code);
        }
    }

    private static void failed(RuntimeException ex) {
        if (FAILURE_SAID.compareAndSet(false, true)) {
            logger.warn("A call could not be observed; further failures are not logged", ex);
        }
    }

}
