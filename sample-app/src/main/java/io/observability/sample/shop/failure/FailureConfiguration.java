package io.observability.sample.shop.failure;

import java.time.Clock;
import java.util.List;

import javax.sql.DataSource;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Failures on demand; nothing of it is there unless asked for.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("shop.failures.enabled")
class FailureConfiguration {

    @Bean
    Failures failures(DataSource dataSource, MeterRegistry registry, FailureProperties properties) {
        return new Failures(List.of(new LogStorm(), new LogBurst(properties.receipts()), new CardinalityFlood(registry),
                new MemoryPressure(), new DatabaseHang(dataSource)), Clock.systemUTC());
    }

    @Bean
    FailuresEndpoint failuresEndpoint(Failures failures, FailureProperties properties) {
        return new FailuresEndpoint(failures, new OperatorGate(properties.remote()), Clock.systemUTC());
    }

    @Bean
    WebMvcConfigurer failureInterception(Failures failures, MeterRegistry meters) {
        return new WebMvcConfigurer() {

            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new FailureInterceptor(failures, meters)).addPathPatterns("/api/**");
            }

        };
    }

}
