package io.observability.starter.metrics.cardinality;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class NameGlobTests {

    @ParameterizedTest
    @CsvSource({ "*, '', true", "*, orders, true", "orders, orders, true", "orders, order, false",
            "order, orders, false", "o*s, orders, true", "o*x, orders, false", "*a*b*, xxaxxbxx, true",
            "*ab, aab, true", "o?ders, orders, true", "?, '', false", "**, x, true", "a*a, a, false" })
    void matches(String glob, String name, boolean matches) {
        assertThat(NameGlob.matches(glob, name)).isEqualTo(matches);
    }

    @Test
    void aHostileGlobTakesNoTime() {
        assertThat(NameGlob.matches("*a".repeat(100) + "b", "a".repeat(10_000))).isFalse();
    }

    @Test
    void aMeterHasItsOwnNameAndThoseOfPrometheus() {
        assertThat(NameGlob.namesOf(new Meter.Id("shop.orders", Tags.empty(), null, null, Meter.Type.COUNTER)))
            .contains("shop.orders", "shop_orders", "shop_orders_total");
        assertThat(NameGlob.namesOf(new Meter.Id("shop.latency", Tags.empty(), null, null, Meter.Type.TIMER))).contains(
                "shop.latency", "shop_latency_seconds", "shop_latency_seconds_bucket", "shop_latency_seconds_count");
        assertThat(NameGlob.namesOf(new Meter.Id("shop.size", Tags.empty(), "bytes", null, Meter.Type.GAUGE)))
            .contains("shop.size", "shop_size_bytes");
    }

}
