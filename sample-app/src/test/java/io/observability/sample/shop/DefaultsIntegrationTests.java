package io.observability.sample.shop;

import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is off unless asked for.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "shop.page.deadline=10s")
@AutoConfigureRestTestClient
class DefaultsIntegrationTests {

    @Autowired
    private RestTestClient client;

    @Autowired
    private ApplicationContext context;

    @Test
    void failuresCannotBeAskedFor() {
        this.client.get().uri("/actuator/failures").exchange().expectStatus().isNotFound();
        this.client.post().uri("/actuator/failures/errors").body(Map.of()).exchange().expectStatus().isNotFound();
        assertThat(this.context.getBeanDefinitionNames()).doesNotContain("failures", "failureInterception");
    }

    @Test
    void nothingIsRelayed() {
        this.client.post().uri("/test").body("[]").exchange().expectStatus().isNotFound();
    }

    @Test
    void nobodyIsMadeUp() {
        assertThat(this.context.getBeanDefinitionNames()).doesNotContain("trafficDriver");
    }

}
