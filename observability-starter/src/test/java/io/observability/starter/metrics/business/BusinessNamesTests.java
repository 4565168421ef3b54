package io.observability.starter.metrics.business;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of the conventions that names, units and tags of business metrics follow.
 */
class BusinessNamesTests extends ScrapedBusinessMetrics {

    @ParameterizedTest
    @ValueSource(strings = { "orders", "shop.orders", "shop.stock_units", "shop.orders2", "shop.checkout.seconds",
            "process.orders", "shop.infos" })
    void goodNamesPass(String name) {
        BusinessMetrics.strict(this.registry).counter(name, "Good.", Outcome.class);
        assertThat(this.registry.find(name).counters()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "shop.orders.total | should not end with 'total'",
            "shop.orders_total | should not end with 'total'", "shop.orders.count | should not end with 'count'",
            "shop.orders.bucket | should not end with 'bucket'", "shopOrders | should be words",
            "Shop | should be words", "shop-orders | should be words", "shop..orders | should be words",
            "2shops | should be words", "shop.order.counter | its type in its name",
            "shop.age.ms | should be in seconds, not in ms", "shop.size.mb | should be in bytes",
            "shop.load.percent | should be in ratio", "jvm.orders | in a room that Spring Boot",
            "observability.orders | in a room that" })
    void namesThatBreakTheConventionsAreFound(String name, String problem) {
        this.metrics.counter(name, "Bad.", Outcome.class).increment(Outcome.PLACED);
        assertThat(this.metrics.misuses()).singleElement().asString().contains("'" + name + "'").contains(problem);
        assertThat(misuses(Misuse.NAME)).isEqualTo(1);
        assertThatExceptionOfType(BusinessMetricMisuseException.class)
            .isThrownBy(() -> BusinessMetrics.strict(this.registry).counter(name, "Bad.", Outcome.class))
            .satisfies((ex) -> assertThat(ex.misuses()).hasSize(1))
            .withMessageContaining(problem);
    }

    @Test
    void unitsAndTagsFollowConventionsToo() {
        this.metrics.histogram("shop.order.weight", "Weight.", "KG", 1);
        this.metrics.histogram("shop.order.delay", "Delay.", "minutes", 1);
        this.metrics.tagged("le", "1").counter("shop.le", "Tagged.", Outcome.class);
        this.metrics.tagged("userId", "1").counter("shop.user", "Tagged.", Outcome.class);
        this.metrics.tagged("result", "1").calls("shop.result", "Tagged.");
        assertThat(this.metrics.misuses()).hasSize(5)
            .anySatisfy((said) -> assertThat(said).contains("a unit in lower case, not 'KG'"))
            .anySatisfy((said) -> assertThat(said).contains("should be in seconds, not in minutes"))
            .anySatisfy((said) -> assertThat(said).contains("should not have a tag 'userId'"));
    }

}
