package io.observability.starter.metrics.business.autoconfigure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.Meter;
import io.observability.starter.metrics.business.Objectives;
import io.observability.starter.settings.InvalidSettingException;

import org.springframework.boot.micrometer.metrics.autoconfigure.ServiceLevelObjectiveBoundary;

/**
 * Objectives as they stand in the properties. A plain number is one for a histogram and,
 * as everywhere in Spring Boot, milliseconds for a timer; a duration is for a timer only.
 */
final class ConfiguredObjectives implements Objectives {

    private static final double[] NONE = {};

    private final Map<String, double[]> values = new HashMap<>();

    private final Map<String, double[]> nanoseconds = new HashMap<>();

    ConfiguredObjectives(Map<String, List<String>> texts) {
        texts.forEach((meter, objectives) -> {
            List<ServiceLevelObjectiveBoundary> parsed = objectives.stream().map((text) -> parse(meter, text)).toList();
            this.values.put(meter, values(parsed, Meter.Type.DISTRIBUTION_SUMMARY));
            this.nanoseconds.put(meter, values(parsed, Meter.Type.TIMER));
        });
    }

    @Override
    public double[] of(String name, Meter.Type type) {
        boolean timer = type == Meter.Type.TIMER || type == Meter.Type.LONG_TASK_TIMER;
        return (timer ? this.nanoseconds : this.values).getOrDefault(name, NONE);
    }

    private static double[] values(List<ServiceLevelObjectiveBoundary> objectives, Meter.Type type) {
        return objectives.stream()
            .map((objective) -> objective.getValue(type))
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    }

    private static ServiceLevelObjectiveBoundary parse(String meter, String text) {
        try {
            ServiceLevelObjectiveBoundary objective = ServiceLevelObjectiveBoundary.valueOf(text.strip());
            Double nanos = objective.getValue(Meter.Type.TIMER);
            if (nanos != null && nanos > 0 && nanos < Double.POSITIVE_INFINITY) {
                return objective;
            }
        }
        catch (RuntimeException ex) {
            // As wrong as one below 0.
        }
        throw new InvalidSettingException("observability.metrics.business.slo." + meter, text,
                "a number above 0, or a duration such as 300ms for a timer");
    }

}
