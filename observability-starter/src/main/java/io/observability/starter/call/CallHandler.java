package io.observability.starter.call;

import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

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
    private static final ThreadLocal<@Nullable Link> OPEN = new ThreadLocal<>();

    private final CallReader<C> reader;

    private final CallTimes times;

    private final CallTracing tracing;

    private final @Nullable String requestIdHeader;

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
        context.put(Call.class, new Call(start, trace));
        passIdOn(headers);
    }

    private void passIdOn(CallHeaders headers) {
        String id = (this.requestIdHeader != null) ? RequestIds.current() : null;
        // What the application sets itself stays.
        if (this.requestIdHeader != null && id != null && !headers.has(this.requestIdHeader)) {
            headers.set(this.requestIdHeader, id);
        }
    }

    @Override
    public void onScopeOpened(Observation.Context context) {
        Call call = context.get(Call.class);
        OPEN.set(new Link((call != null) ? call.trace.open() : this.tracing.leave(), OPEN.get()));
    }

    @Override
    public void onScopeClosed(Observation.Context context) {
        Link last = OPEN.get();
        if (last != null) {
            OPEN.set(last.before);
            last.scope.close();
        }
    }

    @Override
    public void onEvent(Observation.Event event, Observation.Context context) {
        Call call = context.get(Call.class);
        if (call != null) {
            call.trace.event(event.getContextualName());
        }
    }

    @Override
    public void onStop(Observation.Context context) {
        Call call = context.get(Call.class);
        if (call == null || !call.end()) {
            return;
        }
        try {
            end(call, this.reader.contextType().cast(context));
        }
        catch (RuntimeException ex) {
            failed(ex);
        }
    }

    private void end(Call call, C context) {
        String method = this.reader.method(context);
        URI uri = this.reader.uri(context);
        String template = this.reader.template(context);
        int code = this.reader.status(context);
        try {
            this.times.end(call.start, method, uri, template, code, context.getError());
        }
        finally {
            call.trace.end(context, method, uri, template, code);
        }
    }

    private static void failed(RuntimeException ex) {
        if (FAILURE_SAID.compareAndSet(false, true)) {
            logger.warn("A call could not be observed; further failures are not logged", ex);
        }
    }

    /**
     * A call between its begin and its end.
     */
    private static final class Call {

        private static final AtomicIntegerFieldUpdater<Call> ENDED = AtomicIntegerFieldUpdater.newUpdater(Call.class,
                "ended");

        private final long start;

        private final CallTrace trace;

        private volatile int ended;

        Call(long start, CallTrace trace) {
            this.start = start;
            this.trace = trace;
        }

        boolean end() {
            return this.ended == 0 && ENDED.compareAndSet(this, 0, 1);
        }

    }

    private record Link(CallTrace.Scope scope, @Nullable Link before) {
    }

}
