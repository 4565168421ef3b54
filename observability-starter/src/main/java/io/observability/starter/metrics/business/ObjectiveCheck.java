package io.observability.starter.metrics.business;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.distribution.HistogramSupport;

/**
 * Sees that a meter with objectives can tell how many kept them. Another filter, or a
 * setting of Spring Boot's for the same meter, may have taken their bounds away.
 */
final class ObjectiveCheck {

    // Bounds come from texts and go through a conversion of units.
    private static final double TOLERANCE = 1e-9;

    private final Objectives objectives;

    private final MisuseLog misuses;

    ObjectiveCheck(Objectives objectives, MisuseLog misuses) {
        this.objectives = objectives;
        this.misuses = misuses;
    }

    void check(Meter meter) {
        Meter.Id id = meter.getId();
        double[] wanted = this.objectives.of(id.getName(), id.getType());
        if (wanted.length == 0) {
            return;
        }
        if (!(meter instanceof HistogramSupport histogram)) {
            this.misuses.addOnce(Misuse.OBJECTIVE_WITHOUT_BUCKET, id.getName(),
                    "has objectives and is no histogram, but a " + id.getType().name().toLowerCase(Locale.ROOT));
            return;
        }
        double[] bounds = bounds(histogram.takeSnapshot(), id.getType() == Meter.Type.TIMER);
        for (double objective : wanted) {
            if (Arrays.stream(bounds).noneMatch((bound) -> Math.abs(bound - objective) <= objective * TOLERANCE)) {
                this.misuses.addOnce(Misuse.OBJECTIVE_WITHOUT_BUCKET, id.getName(),
                        "has no bucket that ends at its objective " + text(objective, id.getType())
                                + ": another filter, or management.metrics.distribution.slo, has set its buckets");
            }
        }
    }

    private static double[] bounds(HistogramSnapshot snapshot, boolean timer) {
        return Arrays.stream(snapshot.histogramCounts())
            .mapToDouble((CountAtBucket bucket) -> timer ? bucket.bucket(TimeUnit.NANOSECONDS) : bucket.bucket())
            .toArray();
    }

    private static String text(double objective, Meter.Type type) {
        return (type == Meter.Type.TIMER) ? objective / 1_000_000 + " ms" : String.valueOf(objective);
    }

}
