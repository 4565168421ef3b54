package io.observability.starter.metrics.business;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.management.ThreadMXBean;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.observability.starter.metrics.MetricSet;
import io.observability.starter.metrics.MetricSetFilter;
import io.observability.starter.metrics.Promtool;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class BusinessMetricsTests {

    private static final Objectives OBJECTIVES = (name, type) -> switch (name) {
        case "shop.order.value" -> new double[] { 75 };
        case "shop.checkout" -> new double[] { 300_000_000 };
        default -> new double[0];
    };

    private final MockClock clock = new MockClock();

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT,
            new PrometheusRegistry(), this.clock);

    private final BusinessMetrics metrics = BusinessMetrics.of(this.registry);

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
    void recordingAllocatesNothing() {
        ResultCounter<Outcome> orders = this.metrics.counter("shop.orders", "Orders.", Outcome.class);
        CallCounter mails = this.metrics.calls("shop.mails", "Mails.");
        RefreshedGauge stock = this.metrics.gauge("shop.stock.units", "Units.", Duration.ofMinutes(2));
        DistributionSummary value = withObjectives().histogram("shop.order.value", "Value.", "eur", 10, 100);
        IOException failure = new IOException();
        Runnable record = () -> {
            orders.increment(Outcome.PLACED);
            orders.increment(Outcome.OUT_OF_STOCK, 2);
            mails.success();
            mails.failure(failure);
            stock.set(17);
            value.record(80);
        };
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long before = threads.getThreadAllocatedBytes(self);
            for (int i = 0; i < 10_000; i++) {
                record.run();
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(self) - before);
        }
        // What measuring itself allocates, and less than a byte each.
        assertThat(least).isLessThan(1000);
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

    private BusinessMetrics withObjectives() {
        this.registry.config().meterFilter(new ObjectiveBuckets(OBJECTIVES));
        return new BusinessMetrics(this.registry, OBJECTIVES, false);
    }

    private double misuses(Misuse misuse) {
        return this.registry.get(Misuse.METER).tag("check", misuse.id()).counter().count();
    }

    private static void awaitStart(CountDownLatch start) {
        try {
            start.await();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    enum Outcome {

        PLACED, OUT_OF_STOCK

    }

}
