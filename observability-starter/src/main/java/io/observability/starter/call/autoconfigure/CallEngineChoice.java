package io.observability.starter.call.autoconfigure;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import io.micrometer.observation.Observation;
import io.observability.starter.call.CallEngine;
import io.observability.starter.call.CallTimes;
import io.observability.starter.call.CallTracing;
import io.observability.starter.request.HttpEngine;
import io.observability.starter.request.autoconfigure.ObservationChanges;
import io.observability.starter.settings.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.observation.ClientRequestObservationContext;
import org.springframework.http.client.observation.ClientRequestObservationConvention;
import org.springframework.util.ClassUtils;
import org.springframework.web.reactive.function.client.ClientRequest;

/**
 * Chooses the engine of calls from what was asked for and from what the application has.
 */
final class CallEngineChoice {

    private static final boolean HAS_WEB_CLIENT = ClassUtils.isPresent(
            "org.springframework.web.reactive.function.client.WebClient", CallEngineChoice.class.getClassLoader());

    private final ConfigurableListableBeanFactory beanFactory;

    private final Environment environment;

    CallEngineChoice(ConfigurableListableBeanFactory beanFactory, Environment environment) {
        this.beanFactory = beanFactory;
        this.environment = environment;
    }

    CallEngine choose(HttpEngine asked) {
        if (asked == HttpEngine.OBSERVATION) {
            return new CallEngine(HttpEngine.OBSERVATION, "asked for", List.of());
        }
        String obstacle = obstacle();
        if (obstacle != null && asked == HttpEngine.DIRECT) {
            throw new InvalidSettingException("observability.http.client.engine", "direct",
                    "'auto' or 'observation' where " + obstacle);
        }
        if (obstacle != null) {
            return new CallEngine(HttpEngine.OBSERVATION, obstacle, List.of());
        }
        List<String> changes = changes();
        if (asked == HttpEngine.DIRECT) {
            return new CallEngine(HttpEngine.DIRECT, "asked for", changes);
        }
        return changes.isEmpty() ? new CallEngine(HttpEngine.DIRECT, "nothing changes Spring's observation", List.of())
                : new CallEngine(HttpEngine.OBSERVATION, "the application has " + String.join(", ", changes),
                        List.of());
    }

    private List<String> changes() {
        List<Class<?>> conventions = new ArrayList<>(List.of(ClientRequestObservationConvention.class));
        List<Observation.Context> probes = new ArrayList<>(List.of(Rest.probe()));
        if (HAS_WEB_CLIENT) {
            conventions.add(Web.convention());
            probes.add(Web.probe());
        }
        return new ObservationChanges(this.beanFactory, "http.client.requests", conventions, probes)
            .find(this.environment);
    }

    private @Nullable String obstacle() {
        if (!has(CallTracing.class)) {
            return "the starter does not trace calls";
        }
        return has(CallTimes.class) ? null : "the starter does not measure calls";
    }

    private boolean has(Class<?> type) {
        return this.beanFactory.getBeanNamesForType(type, true, false).length > 0;
    }

    /**
     * Needs only what <code>RestClient</code> needs.
     */
    private static final class Rest {

        // There is no call yet; handlers are asked by the type of the context.
        @SuppressWarnings("NullAway")
        static Observation.Context probe() {
            return new ClientRequestObservationContext(null);
        }

    }

    /**
     * Loaded where there is a <code>WebClient</code>.
     */
    private static final class Web {

        static Class<?> convention() {
            return org.springframework.web.reactive.function.client.ClientRequestObservationConvention.class;
        }

        static Observation.Context probe() {
            return new org.springframework.web.reactive.function.client.ClientRequestObservationContext(
                    ClientRequest.create(HttpMethod.GET, URI.create("http://localhost")));
        }

    }

}
