package io.observability.starter.metrics.business;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps account of what is wrong: counts each time, says it once for each metric, and
 * remembers what it said. Bounded and thread-safe.
 */
final class MisuseLog {

    private static final Logger LOGGER = LoggerFactory.getLogger(BusinessMetrics.class);

    // As many as a person reads.
    private static final int MAX_SAID = 100;

    private final MeterRegistry registry;

    private final Map<String, String> said = new LinkedHashMap<>();

    private volatile @Nullable Map<Misuse, Counter> counters;

    MisuseLog(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Show the counters, at 0. Only a service that has business metrics gets them.
     */
    void open() {
        if (this.counters == null) {
            counters();
        }
    }

    /**
     * Take note of something that is wrong each time.
     * @param misuse what
     * @param meter the name of the metric
     * @param what what is wrong with it
     */
    void add(Misuse misuse, String meter, String what) {
        count(misuse);
        say(misuse, meter, what);
    }

    /**
     * Take note of something that stays wrong.
     * @param misuse what
     * @param meter the name of the metric
     * @param what what is wrong with it
     */
    void addOnce(Misuse misuse, String meter, String what) {
        if (say(misuse, meter, what)) {
            count(misuse);
        }
    }

    private void count(Misuse misuse) {
        Counter counter = counters().get(misuse);
        if (counter != null) {
            counter.increment();
        }
    }

    private boolean say(Misuse misuse, String meter, String what) {
        String sentence = "Metric '%s' %s".formatted(meter, what);
        if (!isNews(misuse + " " + meter, sentence)) {
            return false;
        }
        LOGGER.warn("{} (said once; counted as {}{check=\"{}\"})", sentence, "observability_business_misuse_total",
                misuse.id());
        return true;
    }

    List<String> said() {
        synchronized (this.said) {
            return new ArrayList<>(this.said.values());
        }
    }

    private boolean isNews(String key, String sentence) {
        synchronized (this.said) {
            return this.said.size() < MAX_SAID && this.said.putIfAbsent(key, sentence) == null;
        }
    }

    private Map<Misuse, Counter> counters() {
        Map<Misuse, Counter> known = this.counters;
        if (known == null) {
            known = new EnumMap<>(Misuse.class);
            for (Misuse misuse : Misuse.values()) {
                known.put(misuse,
                        Counter.builder(Misuse.METER)
                            .description(Misuse.HELP)
                            .tag("check", misuse.id())
                            .register(this.registry));
            }
            this.counters = known;
        }
        return known;
    }

}
