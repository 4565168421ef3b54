package io.observability.sample.shop;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * The shop. One process plays both roles unless a profile, {@code shop} or
 * {@code inventory}, says otherwise.
 */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
@OpenAPIDefinition(info = @Info(title = "A shop for shirts", version = "1"))
@EnableAsync
@EnableScheduling
public class ShopApplication {

    public static void main(String[] args) {
        SpringApplication.run(ShopApplication.class, args);
    }

}
