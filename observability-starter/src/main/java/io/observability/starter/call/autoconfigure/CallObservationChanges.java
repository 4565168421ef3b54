package io.observability.starter.call.autoconfigure;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import io.micrometer.observation.Observation;
import io.observability.starter.request.autoconfigure.ObservationChanges;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.observation.ClientRequestObservationContext;
import org.springframework.http.client.observation.ClientRequestObservationConvention;
import org.springframework.util.ClassUtils;
import org.springframework.web.reactive.function.client.ClientRequest;

/**
 * Finds what of an application looks at Spring's observation of calls, or changes it,
 * whichever clients there are.
 */
final class CallObservationChanges {

    private static final boolean HAS_WEB_CLIENT = ClassUtils.isPresent(
            "org.springframework.web.reactive.function.client.WebClient",
            CallObservationChanges.class.getClassLoader());

    private final ConfigurableListableBeanFactory beanFactory;

    private final Environment environment;

    CallObservationChanges(ConfigurableListableBeanFactory beanFactory, Environment environment) {
        this.beanFactory = beanFactory;
        this.environment = environment;
    }

    /**
     * Find the changes.
     * @return each change, in words that complete "the application has ..."
     */
    List<String> find() {
        List<Class<?>> conventions = new ArrayList<>(List.of(ClientRequestObservationConvention.class));
        List<Observation.Context> probes = new ArrayList<>(List.of(Rest.probe()));
        if (HAS_WEB_CLIENT) {
            conventions.add(Web.convention());
            probes.add(Web.probe());
        }
        return new ObservationChanges(this.beanFactory, "http.client.requests", conventions, probes)
            .find(this.environment);
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
