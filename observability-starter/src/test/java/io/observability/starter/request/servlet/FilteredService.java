package io.observability.starter.request.servlet;

import java.util.List;

import io.micrometer.tracing.Tracer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.stereotype.Component;

/**
 * An application with a filter at each place that it may take, and with a login.
 */
@Configuration(proxyBeanMethods = false)
class FilteredService {

    /** The one way to get in front of the starter's filters. */
    static final String FOREMOST = "foremost";

    /** In the order in which a request meets them; Spring Security is at -100. */
    static final List<String> IN_FRONT_OF_SECURITY = List.of("registered-highest", "ordered-component-highest",
            "registered-highest+1", "registered-highest+2", "registered-200");

    static final List<String> BEHIND_SECURITY = List.of("registered-0", "ordered-component", "registered-lowest",
            "registered-without-order", "bean-without-order");

    static final String USER = "mallory.longfellow";

    private final ObjectProvider<Tracer> tracer;

    FilteredService(ObjectProvider<Tracer> tracer) {
        this.tracer = tracer;
    }

    @Bean
    @Order(1)
    SecurityFilterChain guarded(HttpSecurity http) {
        return http.securityMatcher("/guarded/**")
            .authorizeHttpRequests((requests) -> requests.requestMatchers("/guarded/by-login")
                .authenticated()
                .anyRequest()
                .hasRole("OPERATOR"))
            .httpBasic(Customizer.withDefaults())
            .build();
    }

    @Bean
    InMemoryUserDetailsManager users() {
        return new InMemoryUserDetailsManager(User.withUsername(USER).password("{noop}pw").roles("READER").build());
    }

    @Bean
    FilterRegistrationBean<WatchingFilter> registeredLowest() {
        return registered("registered-lowest", Ordered.LOWEST_PRECEDENCE);
    }

    @Bean
    FilterRegistrationBean<WatchingFilter> registeredWithoutOrder() {
        return new FilterRegistrationBean<>(filter("registered-without-order"));
    }

    @Bean
    Filter beanWithoutOrder() {
        return filter("bean-without-order");
    }

    @Bean
    FilterRegistrationBean<WatchingFilter> registered0() {
        return registered("registered-0", 0);
    }

    @Bean
    FilterRegistrationBean<WatchingFilter> registered200() {
        return registered("registered-200", -200);
    }

    @Bean
    FilterRegistrationBean<WatchingFilter> registeredHighest2() {
        return registered("registered-highest+2", Ordered.HIGHEST_PRECEDENCE + 2);
    }

    @Bean
    FilterRegistrationBean<WatchingFilter> registeredHighest1() {
        return registered("registered-highest+1", Ordered.HIGHEST_PRECEDENCE + 1);
    }

    @Bean
    FilterRegistrationBean<WatchingFilter> registeredHighest() {
        return registered("registered-highest", Ordered.HIGHEST_PRECEDENCE);
    }

    @Bean
    FilterRegistrationBean<WatchingFilter> foremost() {
        FilterRegistrationBean<WatchingFilter> registration = new ForemostRegistration(filter(FOREMOST));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        registration.setDispatcherTypes(DispatcherType.REQUEST);
        return registration;
    }

    private FilterRegistrationBean<WatchingFilter> registered(String name, int order) {
        FilterRegistrationBean<WatchingFilter> registration = new FilterRegistrationBean<>(filter(name));
        registration.setName(name);
        registration.setOrder(order);
        return registration;
    }

    private WatchingFilter filter(String name) {
        return new WatchingFilter(name, this.tracer::getObject);
    }

    @Component
    @Order(Ordered.HIGHEST_PRECEDENCE)
    static final class HighestComponent extends WatchingFilter {

        HighestComponent(ObjectProvider<Tracer> tracer) {
            super("ordered-component-highest", tracer::getObject);
        }

    }

    @Component
    @Order(1)
    static final class OrderedComponent extends WatchingFilter {

        OrderedComponent(ObjectProvider<Tracer> tracer) {
            super("ordered-component", tracer::getObject);
        }

    }

    static final class ForemostRegistration extends FilterRegistrationBean<WatchingFilter> implements PriorityOrdered {

        ForemostRegistration(WatchingFilter filter) {
            super(filter);
        }

    }

}
