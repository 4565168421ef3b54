package io.observability.starter.metrics.histogram;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Clock;
import io.prometheus.metrics.config.ExemplarsProperties;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.tracer.common.SpanContext;
import org.jspecify.annotations.Nullable;

/**
 * How often events leave their trace as an exemplar, and for how long: the rule and the
 * settings of the Prometheus client. Its own sampler starts a thread that opens it again;
 * here whoever comes next looks at the clock. Immutable.
 */
final class ExemplarSampling {

    private static final int MIN_RETENTION_SECONDS = 7;

    private static final int MAX_RETENTION_SECONDS = 70;

    private static final int INTERVAL_MILLIS = 90;

    private final SpanContext spans;

    private final Clock clock;

    private final long intervalNanos;

    private final long minRetentionMillis;

    private final long maxRetentionMillis;

    /**
     * Create a rule.
     * @param settings what the user set
     * @param spans where exemplars get their trace from
     * @param clock clock
     */
    ExemplarSampling(ExemplarsProperties settings, SpanContext spans, Clock clock) {
        this.spans = spans;
        this.clock = clock;
        this.intervalNanos = TimeUnit.MILLISECONDS
            .toNanos(orElse(settings.getSampleIntervalMilliseconds(), INTERVAL_MILLIS));
        this.minRetentionMillis = TimeUnit.SECONDS
            .toMillis(orElse(settings.getMinRetentionPeriodSeconds(), MIN_RETENTION_SECONDS));
        this.maxRetentionMillis = TimeUnit.SECONDS
            .toMillis(orElse(settings.getMaxRetentionPeriodSeconds(), MAX_RETENTION_SECONDS));
    }

    private static int orElse(@Nullable Integer set, int standard) {
        return (set != null) ? set : standard;
    }

    long monotonicTime() {
        return this.clock.monotonicTime();
    }

    long wallTime() {
        return this.clock.wallTime();
    }

    /**
     * How long to leave a series alone after a look at it.
     * @return nanoseconds
     */
    long intervalNanos() {
        return this.intervalNanos;
    }

    boolean mayGo(Exemplar exemplar, long now) {
        return age(exemplar, now) > this.minRetentionMillis || isTooOld(exemplar, now);
    }

    boolean isTooOld(Exemplar exemplar, long now) {
        return age(exemplar, now) > this.maxRetentionMillis;
    }

    /**
     * How long it takes until an exemplar may be replaced.
     * @param exemplar the exemplar
     * @param now wall time
     * @return nanoseconds, at least the interval
     */
    long nanosLeft(Exemplar exemplar, long now) {
        long left = TimeUnit.MILLISECONDS.toNanos(this.minRetentionMillis - age(exemplar, now));
        return Math.max(this.intervalNanos, left);
    }

    private static long age(Exemplar exemplar, long now) {
        return now - exemplar.getTimestampMillis();
    }

    /**
     * Make an exemplar of the event that happens now.
     * @param value its value
     * @param now wall time
     * @return the exemplar, or {@code null} if its trace is not sampled
     */
    @Nullable Exemplar exemplar(double value, long now) {
        if (!this.spans.isCurrentSpanSampled()) {
            return null;
        }
        String trace = this.spans.getCurrentTraceId();
        String span = this.spans.getCurrentSpanId();
        if (trace == null || span == null) {
            return null;
        }
        this.spans.markCurrentSpanAsExemplar();
        return Exemplar.builder()
            .value(value)
            .labels(Labels.of(Exemplar.TRACE_ID, trace, Exemplar.SPAN_ID, span))
            .timestampMillis(now)
            .build();
    }

}
