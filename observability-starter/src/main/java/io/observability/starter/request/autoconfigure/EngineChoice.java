package io.observability.starter.request.autoconfigure;

import java.util.List;
import java.util.function.Supplier;

import io.observability.starter.request.ChosenEngine;
import io.observability.starter.request.HttpEngine;
import io.observability.starter.settings.InvalidSettingException;
import org.jspecify.annotations.Nullable;

/**
 * Chooses an engine from what was asked for and from what the application has.
 *
 * @param <E> the type of the engine that is chosen
 * @since 0.1.0
 */
public final class EngineChoice<E extends ChosenEngine> {

    private final String property;

    private final Engine<E> engine;

    /**
     * Create a choice.
     * @param property the setting that asks for an engine
     * @param engine makes the engine
     */
    public EngineChoice(String property, Engine<E> engine) {
        this.property = property;
        this.engine = engine;
    }

    /**
     * Choose the engine.
     * @param asked what the setting says
     * @param obstacle why the direct engine can't be, {@code null} if it can
     * @param changes what of the application's looks at Spring's observation, or changes
     * it
     * @return the engine
     */
    public E choose(HttpEngine asked, @Nullable String obstacle, Supplier<List<String>> changes) {
        if (asked == HttpEngine.OBSERVATION) {
            return this.engine.of(HttpEngine.OBSERVATION, "asked for", List.of());
        }
        if (obstacle != null && asked == HttpEngine.DIRECT) {
            throw new InvalidSettingException(this.property, "direct", "'auto' or 'observation' where " + obstacle);
        }
        if (obstacle != null) {
            return this.engine.of(HttpEngine.OBSERVATION, obstacle, List.of());
        }
        List<String> found = changes.get();
        if (asked == HttpEngine.DIRECT) {
            return this.engine.of(HttpEngine.DIRECT, "asked for", found);
        }
        return found.isEmpty() ? this.engine.of(HttpEngine.DIRECT, "nothing changes Spring's observation", List.of())
                : this.engine.of(HttpEngine.OBSERVATION, "the application has " + String.join(", ", found), List.of());
    }

    /**
     * Makes an engine of one type.
     *
     * @param <E> the type
     */
    @FunctionalInterface
    public interface Engine<E extends ChosenEngine> {

        /**
         * Make the engine.
         * @param engine which one
         * @param reason why this one
         * @param passedOver what the direct engine does not ask
         * @return the engine
         */
        E of(HttpEngine engine, String reason, List<String> passedOver);

    }

}
