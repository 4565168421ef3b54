package io.observability.starter.metrics.business;

import java.time.Duration;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the buckets that end at an objective, and of objectives that have none.
 */
class BusinessObjectivesTests extends ScrapedBusinessMetrics {

    @Test
    void aHistogramHasItsBucketsAndItsObjectives() {
        BusinessMetrics withObjectives = withObjectives();
        DistributionSummary value = withObjectives.histogram("shop.order.value", "Value.", "eur", 10, 100);
        Timer checkout = withObjectives.timer("shop.checkout", "Check-outs.", Duration.ofMillis(50));
        value.record(80);
        checkout.record(Duration.ofMillis(200));
        assertThat(this.registry.scrape()).contains("shop_order_value_eur_bucket{le=\"10.0\"} 0")
            .contains("shop_order_value_eur_bucket{le=\"75.0\"} 0")
            .contains("shop_order_value_eur_bucket{le=\"100.0\"} 1")
            .contains("shop_checkout_seconds_bucket{le=\"0.05\"} 0")
            .contains("shop_checkout_seconds_bucket{le=\"0.3\"} 1");
        assertThat(withObjectives.misuses()).isEmpty();
    }

    @Test
    void aHistogramOfMicrometersOwnGetsItsObjectivesToo() {
        BusinessMetrics withObjectives = withObjectives();
        Timer.builder("shop.checkout").register(this.registry).record(Duration.ofMillis(200));
        assertThat(this.registry.scrape()).contains("shop_checkout_seconds_bucket{le=\"0.3\"} 1");
        assertThat(withObjectives.misuses()).isEmpty();
    }

    @Test
    void anObjectiveWithoutItsBucketIsFound() {
        BusinessMetrics withObjectives = withObjectives();
        // As Spring Boot's filter for management.metrics.distribution.slo does.
        this.registry.config().meterFilter(new MeterFilter() {

            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                return DistributionStatisticConfig.builder().serviceLevelObjectives(10, 50).build().merge(config);
            }

        });
        withObjectives.histogram("shop.order.value", "Value.", "eur", 75);
        assertThat(withObjectives.misuses()).singleElement()
            .asString()
            .contains("'shop.order.value' has no bucket that ends at its objective 75.0");
    }

    @Test
    void anObjectiveOfWhatIsNoHistogramIsFound() {
        BusinessMetrics withObjectives = withObjectives();
        Gauge.builder("shop.order.value", () -> 1).register(this.registry);
        assertThat(withObjectives.misuses()).singleElement().asString().contains("is no histogram, but a gauge");
        assertThat(misuses(Misuse.OBJECTIVE_WITHOUT_BUCKET)).isEqualTo(1);
    }

    @Test
    void findsItsBucketsInACompositeToo() {
        CompositeMeterRegistry composite = new CompositeMeterRegistry(this.clock);
        composite.config().meterFilter(new ObjectiveBuckets(OBJECTIVES));
        composite.add(this.registry);
        BusinessMetrics within = new BusinessMetrics(composite, OBJECTIVES, true);
        within.histogram("shop.order.value", "Value.", "eur", 10).record(1);
        within.timer("shop.checkout", "Check-outs.").record(Duration.ofMillis(1));
        assertThat(this.registry.scrape()).contains("shop_order_value_eur_bucket{le=\"75.0\"} 1")
            .contains("shop_checkout_seconds_bucket{le=\"0.3\"} 1");
    }

}
