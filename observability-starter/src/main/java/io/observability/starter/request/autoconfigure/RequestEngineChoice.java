package io.observability.starter.request.autoconfigure;

import java.util.List;

import io.micrometer.observation.Observation;
import io.observability.starter.context.servlet.RequestIdFilter;
import io.observability.starter.request.HttpEngine;
import io.observability.starter.request.RequestEngine;
import io.observability.starter.request.RequestTimes;
import io.observability.starter.request.servlet.RequestTracing;
import io.observability.starter.settings.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.http.server.observation.ServerRequestObservationConvention;

/**
 * Chooses the engine from what was asked for and from what the application has.
 */
final class RequestEngineChoice {

    /** Bean that registers Spring's filter, unless the application does. */
    private static final String SPRINGS_FILTER = "observabilityTracedRequestFilter";

    private static final String ID_FILTER = "observabilityRequestIdFilter";

    private final ConfigurableListableBeanFactory beanFactory;

    private final Environment environment;

    RequestEngineChoice(ConfigurableListableBeanFactory beanFactory, Environment environment) {
        this.beanFactory = beanFactory;
        this.environment = environment;
    }

    RequestEngine choose(HttpEngine asked) {
        if (asked == HttpEngine.OBSERVATION) {
            return new RequestEngine(HttpEngine.OBSERVATION, "asked for", List.of());
        }
        String obstacle = obstacle();
        if (obstacle != null && asked == HttpEngine.DIRECT) {
            throw new InvalidSettingException("observability.http.engine", "direct",
                    "'auto' or 'observation' where " + obstacle);
        }
        if (obstacle != null) {
            return new RequestEngine(HttpEngine.OBSERVATION, obstacle, List.of());
        }
        List<String> changes = new ObservationChanges(this.beanFactory, "http.server.requests",
                List.of(ServerRequestObservationConvention.class), List.of(probe()))
            .find(this.environment);
        if (asked == HttpEngine.DIRECT) {
            return new RequestEngine(HttpEngine.DIRECT, "asked for", changes);
        }
        return changes.isEmpty()
                ? new RequestEngine(HttpEngine.DIRECT, "nothing changes Spring's observation", List.of())
                : new RequestEngine(HttpEngine.OBSERVATION, "the application has " + String.join(", ", changes),
                        List.of());
    }

    private @Nullable String obstacle() {
        if (!has(RequestTracing.class)) {
            return "the starter does not trace requests";
        }
        if (!has(RequestTimes.class)) {
            return "the starter does not measure requests";
        }
        if (!this.beanFactory.containsBean(SPRINGS_FILTER)) {
            return "the application registers its own ServerHttpObservationFilter";
        }
        return isIdFilterReplaced() ? "the application registers its own RequestIdFilter" : null;
    }

    private boolean isIdFilterReplaced() {
        return !this.beanFactory.containsBean(ID_FILTER)
                && (has(RequestIdFilter.class) || this.beanFactory.getBeanNamesForType(
                        ResolvableType.forClassWithGenerics(FilterRegistrationBean.class, RequestIdFilter.class), true,
                        false).length > 0);
    }

    private boolean has(Class<?> type) {
        return this.beanFactory.getBeanNamesForType(type, true, false).length > 0;
    }

    // There is no request yet; handlers are asked by the type of the context.
    @SuppressWarnings("NullAway")
    private static Observation.Context probe() {
        return new ServerRequestObservationContext(null, null);
    }

}
