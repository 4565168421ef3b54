package io.observability.sample.shop.traffic;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = { "shop.traffic.enabled=true", "shop.traffic.rate=50" })
class TrafficIntegrationTests {

    @Autowired
    private TrafficDriver driver;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void ordersComeInAndStop() {
        Awaitility.await().untilAsserted(() -> assertThat(orders()).isPositive());
        this.driver.stop();
        assertThat(this.driver.isRunning()).isFalse();
        // A thread is alive for a moment after its last task.
        Awaitility.await()
            .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch((thread) -> thread.getName().startsWith("traffic-")));
    }

    private int orders() {
        return this.jdbc.sql("select count(*) from shop_order").query(Integer.class).single();
    }

}
