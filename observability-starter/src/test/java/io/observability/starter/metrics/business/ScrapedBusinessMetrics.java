package io.observability.starter.metrics.business;

import io.micrometer.core.instrument.MockClock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/**
 * Business metrics in a registry that is scraped, with a clock that moves when told.
 */
abstract class ScrapedBusinessMetrics {

    static final Objectives OBJECTIVES = (name, type) -> switch (name) {
        case "shop.order.value" -> new double[] { 75 };
        case "shop.checkout" -> new double[] { 300_000_000 };
        default -> new double[0];
    };

    final MockClock clock = new MockClock();

    final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT,
            new PrometheusRegistry(), this.clock);

    final BusinessMetrics metrics = BusinessMetrics.of(this.registry);

    final BusinessMetrics withObjectives() {
        this.registry.config().meterFilter(new ObjectiveBuckets(OBJECTIVES));
        return new BusinessMetrics(this.registry, OBJECTIVES, false);
    }

    final double misuses(Misuse misuse) {
        return this.registry.get(Misuse.METER).tag("check", misuse.id()).counter().count();
    }

    enum Outcome {

        PLACED, OUT_OF_STOCK

    }

}
