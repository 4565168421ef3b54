package io.observability.starter.request;

import java.util.List;

/**
 * The engine that was chosen for the requests that are served.
 *
 * @param engine {@link HttpEngine#DIRECT} or {@link HttpEngine#OBSERVATION}
 * @param reason why this one, half a sentence
 * @param passedOver what of the application's the direct engine does not ask although it
 * looks at Spring's observation of requests
 * @since 0.1.0
 */
public record RequestEngine(HttpEngine engine, String reason, List<String> passedOver) implements ChosenEngine {

    public RequestEngine {
        passedOver = List.copyOf(passedOver);
    }

}
