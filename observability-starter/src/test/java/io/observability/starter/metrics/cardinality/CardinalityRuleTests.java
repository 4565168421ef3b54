package io.observability.starter.metrics.cardinality;

import io.micrometer.core.instrument.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of which rule holds for a tag, and of what it does to a value too many.
 */
class CardinalityRuleTests extends GuardedOrders {

    @Test
    void aHashSpreadsOverBuckets() {
        CardinalityGuard guard = guard(new CardinalityRule("orders", "user", 0, OverflowAction.parse("hash:8")));
        guard.install(this.registry);
        for (int i = 0; i < 1000; i++) {
            order("user-" + i);
        }
        assertThat(values(this.registry, "user")).hasSize(8).allMatch((value) -> value.matches("_hash_[0-7]"));
        assertThat(FoldedValue.bucket("user-1", 8)).isEqualTo("_hash_0");
        assertThat(total("orders")).isEqualTo(1000);
    }

    @Test
    void aPrefixIsCutAndBoundedItself() {
        CardinalityGuard guard = guard(new CardinalityRule("orders", "user", 0, OverflowAction.parse("prefix:4")));
        guard.install(this.registry);
        for (int i = 0; i < 1000; i++) {
            order("abcd" + i);
            order("%04d".formatted(i) + "x");
        }
        assertThat(values(this.registry, "user")).hasSize(101).contains("abcd*", "0000*", "0098*", OTHER);
        assertThat(count("abcd*")).isEqualTo(1000);
        assertThat(total("orders")).isEqualTo(2000);
    }

    @Test
    void aDroppedTagIsLeftOff() {
        CardinalityGuard guard = guard(new CardinalityRule("orders", "user", 2, OverflowAction.parse("drop")));
        guard.install(this.registry);
        for (int i = 0; i < 100; i++) {
            this.registry.counter("orders", "user", "user-" + i, "result", "ok").increment();
        }
        assertThat(this.registry.find("orders").meters()).hasSize(3);
        assertThat(this.registry.find("orders").meters()).filteredOn((meter) -> meter.getId().getTag("user") == null)
            .singleElement()
            .satisfies((meter) -> {
                assertThat(meter.getId().getTag("result")).isEqualTo("ok");
                assertThat(((Counter) meter).count()).isEqualTo(98);
            });
    }

    @ParameterizedTest
    @CsvSource({ "http.requests, *, true", "http.*, uri, true", "http_requests_total, uri, true", "h?tp*, u*, true",
            "http_requests, uri, true", "http.request, uri, false", "*.requests, method, false",
            "http_requests_seconds, uri, false" })
    void rulesMatchTheNameOfTheMeterOrOfTheFamily(String meter, String tag, boolean matches) {
        CardinalityGuard guard = guard(new CardinalityRule(meter, tag, 1, OverflowAction.KEEP_MOST_FREQUENT));
        guard.install(this.registry);
        for (int i = 0; i < 5; i++) {
            this.registry.counter("http.requests", "uri", "/" + i).increment();
        }
        assertThat(values(this.registry, "uri")).hasSize(matches ? 2 : 5);
    }

    @Test
    void theFirstRuleThatMatchesHolds() {
        CardinalityGuard guard = guard(new CardinalityRule("orders", "*", 2, OverflowAction.KEEP_MOST_FREQUENT),
                new CardinalityRule("*", "*", 4, OverflowAction.KEEP_MOST_FREQUENT));
        guard.install(this.registry);
        for (int i = 0; i < 10; i++) {
            order("user-" + i);
            this.registry.timer("latency", "user", "user-" + i);
        }
        assertThat(this.registry.find("orders").meters()).hasSize(3);
        assertThat(this.registry.find("latency").meters()).hasSize(5);
    }

}
