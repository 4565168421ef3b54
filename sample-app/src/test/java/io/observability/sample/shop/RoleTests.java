package io.observability.sample.shop;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

class RoleTests {

    @Test
    void whenTheInventoryIsElsewhereItsAddressIsNeeded() {
        assertThatException().isThrownBy(() -> run("--shop.roles=shop").close())
            .havingRootCause()
            .withMessageContaining("'shop.inventory.url' must be set");
    }

    @Test
    void theInventoryAloneDoesNotSell() {
        try (ConfigurableApplicationContext context = run("--spring.profiles.active=inventory")) {
            assertThat(context.getEnvironment().getProperty("spring.application.name")).isEqualTo("inventory");
            assertThat(context.getBeanDefinitionNames()).contains("inventoryController")
                .doesNotContain("orderController", "productController", "pageExecutor");
        }
    }

    @Test
    void theShopAloneKeepsNoStock() {
        try (ConfigurableApplicationContext context = run("--spring.profiles.active=shop")) {
            assertThat(context.getBeanDefinitionNames()).contains("orderController", "productController")
                .doesNotContain("inventoryController", "restockJob");
        }
    }

    @Test
    void aWrongSettingStopsTheStart() {
        assertThatException().isThrownBy(() -> run("--shop.page.deadline=-1s").close())
            .havingRootCause()
            .withMessageContaining("deadline");
    }

    private static ConfigurableApplicationContext run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--server.port=0");
        return new SpringApplicationBuilder(ShopApplication.class).web(WebApplicationType.SERVLET)
            .run(all.toArray(String[]::new));
    }

}
