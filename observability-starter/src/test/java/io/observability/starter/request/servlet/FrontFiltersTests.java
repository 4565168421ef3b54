package io.observability.starter.request.servlet;

import jakarta.servlet.Filter;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.web.filter.ForwardedHeaderFilter;

import static org.assertj.core.api.Assertions.assertThat;

class FrontFiltersTests {

    private static final ResolvableType FORWARDED = ResolvableType.forClassWithGenerics(FilterRegistrationBean.class,
            ForwardedHeaderFilter.class);

    private static final Filter FILTER = (request, response, chain) -> chain.doFilter(request, response);

    private final DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();

    @Test
    void comesBeforeAnyOrderAndByPlaceAmongItsLike() {
        FilterRegistrationBean<Filter> highest = new FilterRegistrationBean<>(FILTER);
        highest.setOrder(Ordered.HIGHEST_PRECEDENCE);
        FilterRegistrationBean<Filter> first = register(1);
        FilterRegistrationBean<Filter> third = register(3);
        assertThat(first.getOrder()).isEqualTo(Ordered.HIGHEST_PRECEDENCE + 1);
        assertThat(AnnotationAwareOrderComparator.INSTANCE.compare(third, highest)).isNegative();
        assertThat(AnnotationAwareOrderComparator.INSTANCE.compare(first, third)).isNegative();
    }

    @Test
    void whereAFilterReadsForwardedHeadersOnlyTheOrderCounts() {
        RootBeanDefinition forwarded = new RootBeanDefinition(FilterRegistrationBean.class,
                () -> new FilterRegistrationBean<>(new ForwardedHeaderFilter()));
        forwarded.setTargetType(FORWARDED);
        this.beanFactory.registerBeanDefinition("forwarded", forwarded);
        assertThat(register(2)).isNotInstanceOf(PriorityOrdered.class)
            .extracting(FilterRegistrationBean::getOrder)
            .isEqualTo(Ordered.HIGHEST_PRECEDENCE + 2);
    }

    private FilterRegistrationBean<Filter> register(int place) {
        return FrontFilters.register(FILTER, place, this.beanFactory.getBeanProvider(FORWARDED));
    }

}
