package io.observability.sample.shop.traffic;

import java.time.Duration;
import java.util.Random;

import io.observability.sample.shop.address.OwnAddress;
import io.observability.sample.shop.role.ConditionalOnRole;
import io.observability.sample.shop.role.Role;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

/**
 * Made-up customers, if asked for.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.SHOP)
@ConditionalOnBooleanProperty("shop.traffic.enabled")
class TrafficConfiguration {

    @Bean
    TrafficDriver trafficDriver(TrafficProperties properties, OwnAddress own, RestClient.Builder builder,
            ClientHttpRequestFactoryBuilder<?> factories, HttpClientSettings settings) {
        builder.requestFactory(factories.build(settings.withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(10))));
        return new TrafficDriver(() -> new Customer(builder.baseUrl(own.url())), properties.rate(), new Random());
    }

}
