package io.observability.starter.metrics.business;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.Counter;
import io.observability.starter.metrics.MetricSet;
import io.observability.starter.metrics.MetricSetFilter;
import io.observability.starter.metrics.Promtool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of what {@link BusinessMetrics} count, of results and of calls, and of what a
 * scrape shows of them.
 */
@ExtendWith(OutputCaptureExtension.class)
class BusinessMetricsTests extends ScrapedBusinessMetrics {

    @Test
    void eachResultHasItsSeriesFromTheStart() {
        ResultCounter<Outcome> orders = this.metrics.counter("shop.orders", "Orders.", Outcome.class);
        assertThat(this.registry.scrape()).contains("shop_orders_total{result=\"placed\"} 0.0")
            .contains("shop_orders_total{result=\"out_of_stock\"} 0.0");
        orders.increment(Outcome.OUT_OF_STOCK);
        orders.increment(Outcome.PLACED, 2.5);
        assertThat(this.registry.scrape()).contains("shop_orders_total{result=\"placed\"} 2.5")
            .contains("shop_orders_total{result=\"out_of_stock\"} 1.0");
        assertThat(this.metrics.misuses()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = { -1, -0.001, Double.NaN, Double.POSITIVE_INFINITY })
    void aCounterNeverFalls(double amount, CapturedOutput output) {
        ResultCounter<Outcome> orders = this.metrics.counter("shop.orders", "Orders.", Outcome.class);
        orders.increment(Outcome.PLACED);
        orders.increment(Outcome.PLACED, amount);
        orders.increment(Outcome.PLACED, amount);
        assertThat(this.registry.scrape()).contains("shop_orders_total{result=\"placed\"} 1.0");
        assertThat(misuses(Misuse.COUNTER_FELL)).as("counted each time").isEqualTo(2);
        assertThat(output.getOut()).as("said once").containsOnlyOnce("counters never fall");
    }

    @Test
    void aTotalOfSomebodyElseNeverFallsHere() {
        AtomicLong sent = new AtomicLong(5);
        this.metrics.counter("shop.mails", "Mails.", sent::get);
        System.gc();
        assertThat(this.registry.scrape()).contains("shop_mails_total 5.0");
        sent.set(3);
        assertThat(this.registry.scrape()).contains("shop_mails_total 5.0");
        assertThat(this.metrics.misuses()).singleElement()
            .asString()
            .contains("'shop.mails' fell from 5 to 3, and counters never fall");
        sent.set(7);
        assertThat(this.registry.scrape()).contains("shop_mails_total 7.0")
            .contains("observability_business_misuse_total{check=\"counter_fell\"} 1.0");
    }

    @Test
    void callsAreCountedBySuccessAndByException() throws Exception {
        CallCounter mails = this.metrics.calls("shop.mails", "Mails.");
        assertThat(this.registry.scrape()).contains("shop_mails_total{exception=\"none\",result=\"success\"} 0.0");
        assertThat(mails.count(() -> "sent")).isEqualTo("sent");
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> mails.count(() -> {
            throw new IOException("no");
        }));
        mails.failure(new IOException("again"));
        mails.failure(new RuntimeException("anonymous") {
        });
        assertThat(this.registry.scrape()).contains("shop_mails_total{exception=\"none\",result=\"success\"} 1.0")
            .contains("shop_mails_total{exception=\"IOException\",result=\"failure\"} 2.0")
            .contains("shop_mails_total{exception=\"BusinessMetricsTests$");
    }

    @Test
    void exceptionsHaveABoundWhoeverThrowsThem() throws Exception {
        CallCounter calls = this.metrics.calls("shop.mails", "Mails.");
        List<Throwable> failures = new ArrayList<>();
        for (Class<?> type : List.of(Throwable.class, Exception.class, RuntimeException.class, Error.class,
                IOException.class, ArithmeticException.class, ArrayStoreException.class, ClassCastException.class,
                IllegalArgumentException.class, IllegalStateException.class, IndexOutOfBoundsException.class,
                NegativeArraySizeException.class, NullPointerException.class, NumberFormatException.class,
                SecurityException.class, StringIndexOutOfBoundsException.class, UnsupportedOperationException.class,
                ArrayIndexOutOfBoundsException.class, CloneNotSupportedException.class, InterruptedException.class,
                ReflectiveOperationException.class, ClassNotFoundException.class, NoSuchFieldException.class,
                NoSuchMethodException.class, LinkageError.class, StackOverflowError.class)) {
            failures.add((Throwable) type.getDeclaredConstructor().newInstance());
        }
        int threads = 4;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        CountDownLatch start = new CountDownLatch(1);
        try {
            for (int i = 0; i < threads; i++) {
                executor.execute(() -> {
                    awaitStart(start);
                    for (int round = 0; round < 100; round++) {
                        failures.forEach(calls::failure);
                    }
                });
            }
            start.countDown();
        }
        finally {
            executor.shutdown();
            assertThat(executor.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(this.registry.find("shop.mails").tag("result", "failure").counters()).hasSize(21);
        assertThat(this.registry.find("shop.mails")
            .tag("result", "failure")
            .counters()
            .stream()
            .mapToDouble(Counter::count)
            .sum()).isEqualTo(threads * 100 * failures.size());
        assertThat(this.registry.get("shop.mails").tag("exception", "_other").counter().count())
            .isEqualTo(threads * 100 * (failures.size() - 20));
    }

    @Test
    void aServiceWithoutBusinessMetricsShowsNothing() {
        assertThat(this.registry.scrape()).isEmpty();
    }

    @Test
    void passesTheMinimalSetAndPromtool() throws Exception {
        this.registry.config().meterFilter(new MetricSetFilter(MetricSet.MINIMAL, List.of()));
        BusinessMetrics all = withObjectives();
        all.counter("shop.orders", "Orders.", Outcome.class);
        all.calls("shop.mails", "Mails.");
        all.counter("shop.visits", "Visits.", () -> 1L);
        all.gauge("shop.stock.units", "Units.", Duration.ofMinutes(2)).set(1);
        all.histogram("shop.order.value", "Value.", "eur", 10);
        all.timer("shop.checkout", "Check-outs.", Duration.ofMillis(50));
        String scrape = this.registry.scrape();
        assertThat(scrape.lines().filter((line) -> line.startsWith("# TYPE")).map((line) -> line.split(" ")[2]))
            .containsExactlyInAnyOrder("shop_orders_total", "shop_mails_total", "shop_visits_total", "shop_stock_units",
                    "shop_stock_units_last_refresh_seconds", "shop_order_value_eur", "shop_order_value_eur_max",
                    "shop_checkout_seconds", "shop_checkout_seconds_max", "observability_business_misuse_total");
        assertThat(Promtool.check(scrape)).isEmpty();
    }

    private static void awaitStart(CountDownLatch start) {
        try {
            start.await();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

}
