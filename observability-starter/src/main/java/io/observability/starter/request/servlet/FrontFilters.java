package io.observability.starter.request.servlet;

import jakarta.servlet.Filter;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.web.filter.ForwardedHeaderFilter;

/**
 * Registers the filters that a request has to meet first. Behind
 * {@link Ordered#HIGHEST_PRECEDENCE} by a place, they would come after an application's
 * filters of that order; at it, the form and the place of the definition would decide.
 * These registrations are {@link PriorityOrdered}: they come before all that are not,
 * whatever their order, and among themselves by theirs. Where forwarded headers are read
 * by a filter, the address and the scheme of a request are known behind it only, and so
 * these have their order alone.
 *
 * @since 0.1.0
 */
public final class FrontFilters {

    private FrontFilters() {
    }

    /**
     * Make the registration of a filter in front.
     * @param <T> the type of filter
     * @param filter the filter
     * @param place its place in front: 1 for the first
     * @param forwardedHeaders the registrations of filters that read forwarded headers
     * @return the registration, for the caller to complete
     */
    public static <T extends Filter> FilterRegistrationBean<T> register(T filter, int place,
            ObjectProvider<FilterRegistrationBean<ForwardedHeaderFilter>> forwardedHeaders) {
        boolean behindForwardedHeaders = forwardedHeaders.stream().findAny().isPresent();
        FilterRegistrationBean<T> registration = behindForwardedHeaders ? new FilterRegistrationBean<>(filter)
                : new FrontFilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + place);
        return registration;
    }

    private static final class FrontFilterRegistrationBean<T extends Filter> extends FilterRegistrationBean<T>
            implements PriorityOrdered {

        FrontFilterRegistrationBean(T filter) {
            super(filter);
        }

    }

}
