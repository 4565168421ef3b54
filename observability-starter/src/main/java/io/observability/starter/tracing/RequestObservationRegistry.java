package io.observability.starter.tracing;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * The application's registry of observations, as {@link ObservationRegistry#create()}
 * makes it, in which the observation of a request is opened when somebody first asks for
 * what is current: most requests end without anybody asking, and an observation is dear.
 * Thread-safe; what waits belongs to one thread.
 *
 * @since 0.1.0
 */
public final class RequestObservationRegistry implements ObservationRegistry, AutoCloseable {

    // Shared as the current scope of Micrometer's registries is. An entry without a value
    // stays on a pooled thread: taking it out would make a new one for each request.
    private static final ThreadLocal<@Nullable Waiting> WAITING = new ThreadLocal<>();

    private final ObservationRegistry registry = ObservationRegistry.create();

    /**
     * Have what travels to other threads ask this registry for what is current. There is
     * one accessor in the JVM: of several applications the last one's registry is asked,
     * which gives what waits for any of them.
     * @return this registry
     */
    public RequestObservationRegistry carry() {
        ObservationThreadLocalAccessor.getInstance().setObservationRegistry(this);
        return this;
    }

    @Override
    public void close() {
        ObservationThreadLocalAccessor accessor = ObservationThreadLocalAccessor.getInstance();
        if (accessor.getObservationRegistry() == this) {
            accessor.setObservationRegistry(ObservationRegistry.create());
        }
    }

    /**
     * Let an observation wait on this thread until somebody asks for what is current.
     * @param waiting opens the observation's scope
     * @return what waited before, to be given to {@link #end}
     */
    public static @Nullable Waiting begin(Waiting waiting) {
        Waiting before = WAITING.get();
        WAITING.set(waiting);
        return before;
    }

    /**
     * End the waiting.
     * @param before what {@link #begin} gave
     */
    public static void end(@Nullable Waiting before) {
        WAITING.set(before);
    }

    @Override
    public @Nullable Observation getCurrentObservation() {
        Observation current = this.registry.getCurrentObservation();
        return (current == null && open()) ? this.registry.getCurrentObservation() : current;
    }

    @Override
    public Observation.@Nullable Scope getCurrentObservationScope() {
        Observation.Scope current = this.registry.getCurrentObservationScope();
        return (current == null && open()) ? this.registry.getCurrentObservationScope() : current;
    }

    @Override
    public void setCurrentObservationScope(Observation.@Nullable Scope current) {
        if (current == null) {
            // All scopes are left at once. What waits lies outside of them, and with it
            // the first that was opened.
            WAITING.set(null);
        }
        this.registry.setCurrentObservationScope(current);
    }

    @Override
    public ObservationConfig observationConfig() {
        return this.registry.observationConfig();
    }

    @Override
    public boolean isNoop() {
        return this.registry.isNoop();
    }

    private static boolean open() {
        Waiting waiting = WAITING.get();
        if (waiting == null) {
            return false;
        }
        // Opened once: a scope that was closed in the meantime does not come back.
        WAITING.set(null);
        waiting.open();
        return true;
    }

    /**
     * An observation that is not current yet.
     */
    @FunctionalInterface
    public interface Waiting {

        /**
         * Make it current on this thread. Called once at most.
         */
        void open();

    }

}
