package io.observability.starter.metrics.business;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RefreshedGauge}.
 */
@ExtendWith(OutputCaptureExtension.class)
class RefreshedGaugeTests extends ScrapedBusinessMetrics {

    @Test
    void aGaugeSaysWhenItWasRefreshedAndGoesStale() {
        RefreshedGauge stock = this.metrics.gauge("shop.stock.units", "Units.", Duration.ofMinutes(2));
        assertThat(this.registry.scrape()).contains("shop_stock_units NaN")
            .contains("shop_stock_units_last_refresh_seconds 0.0");
        this.clock.add(Duration.ofSeconds(100));
        stock.set(42);
        this.clock.add(Duration.ofMinutes(2));
        System.gc();
        assertThat(this.registry.scrape()).contains("shop_stock_units 42.0")
            .contains("shop_stock_units_last_refresh_seconds 100.001");
        this.clock.add(Duration.ofNanos(1));
        assertThat(this.registry.scrape()).contains("shop_stock_units NaN")
            .contains("shop_stock_units_last_refresh_seconds 100.001");
        stock.set(0);
        assertThat(this.registry.scrape()).contains("shop_stock_units 0.0");
        assertThat(this.metrics.misuses()).isEmpty();
    }

    @Test
    void aGaugeThatNobodyRefreshesIsFound(CapturedOutput output) {
        this.metrics.gauge("shop.stock.units", "Units.", Duration.ofMinutes(2));
        this.clock.add(Duration.ofMinutes(2));
        this.registry.scrape();
        assertThat(this.metrics.misuses()).isEmpty();
        this.clock.add(Duration.ofSeconds(1));
        this.registry.scrape();
        this.registry.scrape();
        assertThat(misuses(Misuse.GAUGE_NEVER_REFRESHED)).isEqualTo(1);
        assertThat(output.getOut()).containsOnlyOnce("has had no value for 121 s");
    }

    @Test
    void theSameGaugeIsOneAndTheSame() {
        RefreshedGauge first = this.metrics.gauge("shop.stock.units", "Units.", Duration.ofMinutes(2));
        assertThat(this.metrics.gauge("shop.stock.units", "Units.", Duration.ofMinutes(2))).isSameAs(first);
        RefreshedGauge north = this.metrics.tagged("warehouse", "north")
            .gauge("shop.stock.units.stored", "Units.", Duration.ofMinutes(2));
        RefreshedGauge south = this.metrics.tagged("warehouse", "south")
            .gauge("shop.stock.units.stored", "Units.", Duration.ofMinutes(2));
        north.set(1);
        south.set(2);
        assertThat(this.registry.scrape()).contains("shop_stock_units_stored{warehouse=\"north\"} 1.0")
            .contains("shop_stock_units_stored{warehouse=\"south\"} 2.0");
    }

    @Test
    void gaugesHaveABound() {
        for (int i = 0; i < 1100; i++) {
            this.metrics.tagged("user", "u" + i).gauge("shop.basket", "Baskets.", Duration.ofMinutes(2)).set(i);
        }
        assertThat(this.registry.find("shop.basket").gauges()).hasSize(1000);
        assertThat(this.metrics.misuses()).singleElement().asString().contains("'shop.basket' is one gauge too many");
    }

}
