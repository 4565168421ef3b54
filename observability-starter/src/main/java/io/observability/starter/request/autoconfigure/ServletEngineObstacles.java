package io.observability.starter.request.autoconfigure;

import io.observability.starter.context.servlet.RequestIdFilter;
import io.observability.starter.request.RequestTimes;
import io.observability.starter.request.servlet.RequestTracing;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.ResolvableType;

/**
 * Finds what keeps the starter's own filter from observing requests.
 */
final class ServletEngineObstacles {

    /** Bean that registers Spring's filter, unless the application does. */
    private static final String SPRINGS_FILTER = "observabilityTracedRequestFilter";

    private static final String ID_FILTER = "observabilityRequestIdFilter";

    private final ConfigurableListableBeanFactory beanFactory;

    ServletEngineObstacles(ConfigurableListableBeanFactory beanFactory) {
        this.beanFactory = beanFactory;
    }

    /**
     * Find an obstacle.
     * @return the first one, in words that complete "where ...", or {@code null}
     */
    @Nullable String find() {
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

}
