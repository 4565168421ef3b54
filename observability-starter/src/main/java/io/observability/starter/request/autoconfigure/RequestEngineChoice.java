package io.observability.starter.request.autoconfigure;

import java.util.List;
import java.util.function.Supplier;

import io.observability.starter.request.HttpEngine;
import io.observability.starter.request.RequestEngine;
import io.observability.starter.settings.InvalidSettingException;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the engine from what was asked for and from what the application has.
 */
final class RequestEngineChoice {

    private RequestEngineChoice() {
    }

    /**
     * Choose the engine.
     * @param asked what the setting says
     * @param obstacle why the direct engine can't be, {@code null} if it can
     * @param changes what of the application's looks at Spring's observation, or changes
     * it
     * @return the engine
     */
    static RequestEngine choose(HttpEngine asked, @Nullable String obstacle, Supplier<List<String>> changes) {
        if (asked == HttpEngine.OBSERVATION) {
            return new RequestEngine(HttpEngine.OBSERVATION, "asked for", List.of());
        }
        if (obstacle != null && asked == HttpEngine.DIRECT) {
            throw new InvalidSettingException("observability.http.engine", "direct",
                    "'auto' or 'observation' where " + obstacle);
        }
        if (obstacle != null) {
            return new RequestEngine(HttpEngine.OBSERVATION, obstacle, List.of());
        }
        List<String> found = changes.get();
        if (asked == HttpEngine.DIRECT) {
            return new RequestEngine(HttpEngine.DIRECT, "asked for", found);
        }
        return found.isEmpty() ? new RequestEngine(HttpEngine.DIRECT, "nothing changes Spring's observation", List.of())
                : new RequestEngine(HttpEngine.OBSERVATION, "the application has " + String.join(", ", found),
                        List.of());
    }

}
