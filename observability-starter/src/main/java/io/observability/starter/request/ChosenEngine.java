package io.observability.starter.request;

import java.util.List;

/**
 * An engine that was chosen, and why.
 *
 * @since 0.1.0
 */
public interface ChosenEngine {

    /**
     * The engine.
     * @return {@link HttpEngine#DIRECT} or {@link HttpEngine#OBSERVATION}
     */
    HttpEngine engine();

    /**
     * Why this one.
     * @return half a sentence
     */
    String reason();

    /**
     * What of the application's the direct engine does not ask although it looks at
     * Spring's observation.
     * @return its names
     */
    List<String> passedOver();

    /**
     * Whether the starter itself observes.
     * @return whether it does
     */
    default boolean isDirect() {
        return engine() == HttpEngine.DIRECT;
    }

}
