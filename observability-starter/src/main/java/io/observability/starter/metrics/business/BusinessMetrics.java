package io.observability.starter.metrics.business;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the metrics of what a service is for, and sees that they are used as they should
 * be. Ask once for each metric, where the bean that records it is made, and keep it:
 * <pre class="code">
 * this.orders = metrics.counter("shop.orders", "Orders, by what became of them.", OrderResult.class);
 * this.value = metrics.histogram("shop.order.value", "Value of the orders placed.", "eur", 10, 50, 100, 500);
 * this.stock = metrics.gauge("shop.stock.units", "Units in stock.", Duration.ofMinutes(2));
 * …
 * this.orders.increment(OrderResult.PLACED);
 * </pre> What is wrong is counted, and said once in a line. Only
 * {@linkplain #strict(MeterRegistry) strict} metrics throw, and only while metrics are
 * made, never where something is recorded. Thread-safe.
 *
 * @since 0.1.0
 */
public final class BusinessMetrics {

    // More of them are none that somebody wrote down.
    private static final int MAX_GAUGES = 1000;

    private final MeterRegistry registry;

    private final boolean strict;

    private final Tags tags;

    private final MisuseLog misuses;

    private final Map<String, RefreshedGauge> gauges;

    /**
     * Create business metrics.
     * @param registry where they are registered
     * @param objectives the objectives of histograms; the registry has a filter that
     * gives them their buckets
     * @param strict whether to throw when a metric is made that is not as it should be
     */
    public BusinessMetrics(MeterRegistry registry, Objectives objectives, boolean strict) {
        this(registry, strict, Tags.empty(), new MisuseLog(registry), new ConcurrentHashMap<>());
        registry.config().onMeterAdded(new ObjectiveCheck(objectives, this.misuses)::check);
    }

    private BusinessMetrics(MeterRegistry registry, boolean strict, Tags tags, MisuseLog misuses,
            Map<String, RefreshedGauge> gauges) {
        this.registry = registry;
        this.strict = strict;
        this.tags = tags;
        this.misuses = misuses;
        this.gauges = gauges;
    }

    /**
     * Business metrics without objectives that count what is wrong.
     * @param registry where they are registered
     * @return the metrics
     */
    public static BusinessMetrics of(MeterRegistry registry) {
        return new BusinessMetrics(registry, Objectives.NONE, false);
    }

    /**
     * Business metrics without objectives that throw, for tests.
     * @param registry where they are registered
     * @return the metrics
     */
    public static BusinessMetrics strict(MeterRegistry registry) {
        return new BusinessMetrics(registry, Objectives.NONE, true);
    }

    /**
     * The same, with more tags on each metric that is made. A tag is for what has a few
     * values that are known; an id is not.
     * @param keyValues keys and values in turn
     * @return metrics with these tags
     */
    public BusinessMetrics tagged(String... keyValues) {
        return new BusinessMetrics(this.registry, this.strict, this.tags.and(keyValues), this.misuses, this.gauges);
    }

    /**
     * A counter with a result. Each result has its series from the start.
     * @param <R> the results
     * @param name the name with dots and without {@code total}, such as
     * {@code shop.orders}
     * @param description one sentence
     * @param results the enum of the results; {@code OUT_OF_STOCK} is
     * {@code result="out_of_stock"}
     * @return the counter
     */
    public <R extends Enum<R>> ResultCounter<R> counter(String name, String description, Class<R> results) {
        check(name, null);
        Map<R, Counter> counters = new EnumMap<>(results);
        for (R result : results.getEnumConstants()) {
            counters.put(result,
                    Counter.builder(name)
                        .description(description)
                        .tags(this.tags)
                        .tag("result", result.name().toLowerCase(Locale.ROOT))
                        .register(this.registry));
        }
        return new ResultCounter<>(name, counters, this.misuses);
    }

    /**
     * A counter whose total somebody else keeps. It never falls here, even if the total
     * does.
     * @param name the name with dots and without {@code total}
     * @param description one sentence
     * @param total the total; asked for by each scrape, so it must be cheap
     */
    public void counter(String name, String description, LongSupplier total) {
        check(name, null);
        RisingTotal rising = new RisingTotal(name, total, this.misuses);
        // Micrometer holds the object weakly and the function strongly.
        FunctionCounter.builder(name, this.registry, (registry) -> rising.value())
            .description(description)
            .tags(this.tags)
            .register(this.registry);
    }

    /**
     * A counter of calls, by success or the class of the exception.
     * @param name the name with dots and without {@code total}
     * @param description one sentence
     * @return the counter
     */
    public CallCounter calls(String name, String description) {
        check(name, null);
        return new CallCounter(call(name, description, "success", "none"),
                (exception) -> call(name, description, "failure", exception));
    }

    /**
     * A gauge that is set now and then. It shows {@code NaN} while it has no value that
     * is young enough, and {@code <name>_last_refresh_seconds} shows when it was set.
     * Asked for again, it is the same one.
     * @param name the name with dots
     * @param description one sentence
     * @param staleAfter how long a value is good for: two or three times as long as it
     * takes until the next
     * @return the gauge
     */
    public RefreshedGauge gauge(String name, String description, Duration staleAfter) {
        check(name, null);
        String key = name + this.tags;
        RefreshedGauge known = this.gauges.get(key);
        if (known != null) {
            return known;
        }
        RefreshedGauge gauge = new RefreshedGauge(name, this.registry.config().clock(), staleAfter, this.misuses);
        if (this.gauges.size() >= MAX_GAUGES) {
            this.misuses.addOnce(Misuse.TOO_MANY_GAUGES, name,
                    "is one gauge too many, and is not shown: there are " + MAX_GAUGES + " with other tags or names");
            return gauge;
        }
        RefreshedGauge first = this.gauges.putIfAbsent(key, gauge);
        if (first != null) {
            return first;
        }
        Gauge.builder(name, gauge, RefreshedGauge::value)
            .description(description)
            .tags(this.tags)
            .strongReference(true)
            .register(this.registry);
        TimeGauge.builder(name + ".last.refresh", gauge, TimeUnit.SECONDS, RefreshedGauge::lastRefreshSeconds)
            .description("When it was set last, in seconds since the Unix epoch; 0 if never: " + description)
            .tags(this.tags)
            .strongReference(true)
            .register(this.registry);
        return gauge;
    }

    /**
     * A histogram of values. Objectives from
     * {@code observability.metrics.business.slo.<name>} are buckets too.
     * @param name the name with dots and without its unit
     * @param description one sentence
     * @param unit a base unit such as {@code eur} or {@code bytes}, or {@code null} for a
     * plain number
     * @param buckets upper bounds
     * @return the histogram
     */
    public DistributionSummary histogram(String name, String description, @Nullable String unit, double... buckets) {
        check(name, unit);
        DistributionSummary.Builder builder = DistributionSummary.builder(name)
            .description(description)
            .baseUnit(unit)
            .tags(this.tags);
        DistributionSummary histogram = ((buckets.length > 0) ? builder.serviceLevelObjectives(buckets) : builder)
            .register(this.registry);
        throwIfStrict();
        return histogram;
    }

    /**
     * A histogram of durations, in seconds. Objectives from
     * {@code observability.metrics.business.slo.<name>} are buckets too.
     * @param name the name with dots and without its unit
     * @param description one sentence
     * @param buckets upper bounds
     * @return the timer
     */
    public Timer timer(String name, String description, Duration... buckets) {
        check(name, null);
        Timer.Builder builder = Timer.builder(name).description(description).tags(this.tags);
        Timer timer = ((buckets.length > 0) ? builder.serviceLevelObjectives(buckets) : builder)
            .register(this.registry);
        throwIfStrict();
        return timer;
    }

    /**
     * What was found to be wrong so far, a sentence for each metric and check.
     * @return the sentences, the first hundred of them
     */
    public List<String> misuses() {
        return this.misuses.said();
    }

    /**
     * Take note of something that is wrong with a metric.
     * @param misuse what
     * @param meter the name of the metric
     * @param what what is wrong, as the end of "Metric 'name' …"
     */
    public void report(Misuse misuse, String meter, String what) {
        this.misuses.addOnce(misuse, meter, what);
    }

    /**
     * See that nothing is wrong so far.
     * @throws BusinessMetricMisuseException if something is, and the checks are strict
     */
    public void throwIfStrict() {
        if (this.strict) {
            List<String> said = misuses();
            if (!said.isEmpty()) {
                throw new BusinessMetricMisuseException(said);
            }
        }
    }

    private void check(String name, @Nullable String unit) {
        this.misuses.open();
        String problem = MeterNames.problem(name, unit, this.tags);
        if (problem != null) {
            report(Misuse.NAME, name, problem);
            throwIfStrict();
        }
    }

    private Counter call(String name, String description, String result, String exception) {
        return Counter.builder(name)
            .description(description)
            .tags(this.tags)
            .tag("result", result)
            .tag("exception", exception)
            .register(this.registry);
    }

}
