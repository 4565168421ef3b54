package io.observability.starter.metrics.cardinality;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of who is told of an overflow.
 */
class CardinalityOverflowTests extends GuardedOrders {

    @Test
    void tellsEachTagOnceAndAlsoLateListeners() {
        CardinalityGuard guard = guard(1);
        guard.install(this.registry);
        List<String> told = new CopyOnWriteArrayList<>();
        guard.addListener((meter, tag) -> told.add("early " + meter + " " + tag.tag()));
        for (int i = 0; i < 10; i++) {
            order("user-" + i);
        }
        guard.review();
        guard.addListener((meter, tag) -> told.add("late " + meter + " " + tag.tag()));
        guard.review();
        assertThat(told).containsExactly("early orders user", "late orders user");
    }

    @Test
    void theOverflowIsAMetric() {
        CardinalityGuard guard = guard(1);
        PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        guard.install(prometheus);
        OverflowMeters meters = new OverflowMeters();
        meters.bindTo(prometheus);
        guard.addListener(meters);
        assertThat(prometheus.scrape()).doesNotContain("cardinality");
        for (int i = 0; i < 300; i++) {
            for (int value = 0; value < 3; value++) {
                prometheus.counter("orders" + i, "user", "user-" + value).increment();
            }
        }
        guard.review();
        assertThat(prometheus.scrape())
            .contains("observability_cardinality_overflow_total{meter=\"orders0\",tag=\"user\"} 2.0")
            .contains("observability_cardinality_overflow_total{meter=\"_other\",tag=\"_other\"} 200.0");
        assertThat(prometheus.find(OverflowMeters.METER).meters()).hasSize(201);
    }

}
