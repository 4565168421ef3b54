package io.observability.sample.shop.inventory;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.observability.sample.shop.inventory.message.ReservationItem;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "shop.inventory.restock-interval=100ms")
class RestockIntegrationTests {

    @Autowired
    private StockLedger ledger;

    @Autowired
    private MeterRegistry registry;

    @Test
    void theVanComesByItself() {
        this.ledger.reserve(UUID.randomUUID(), List.of(new ReservationItem(3, 190)));
        Awaitility.await().untilAsserted(() -> assertThat(this.ledger.available(3)).contains(200));
    }

    @Test
    void theVanSaysWhatIsInStock() {
        Awaitility.await()
            .untilAsserted(() -> assertThat(this.registry.get("shop.stock.units").gauge().value())
                .isEqualTo(this.ledger.units()));
        assertThat(this.registry.get("shop.stock.units.last.refresh").timeGauge().value(TimeUnit.SECONDS)).isPositive();
    }

}
