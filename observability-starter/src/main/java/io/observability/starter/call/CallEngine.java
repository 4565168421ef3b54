package io.observability.starter.call;

import java.util.List;

import io.observability.starter.request.ChosenEngine;
import io.observability.starter.request.HttpEngine;

/**
 * The engine that was chosen for calls.
 *
 * @param engine {@link HttpEngine#DIRECT} or {@link HttpEngine#OBSERVATION}
 * @param reason why this one, half a sentence
 * @param passedOver what of the application's the direct engine does not ask although it
 * looks at Spring's observation of calls
 * @since 0.1.0
 */
public record CallEngine(HttpEngine engine, String reason, List<String> passedOver) implements ChosenEngine {

    public CallEngine {
        passedOver = List.copyOf(passedOver);
    }

}
