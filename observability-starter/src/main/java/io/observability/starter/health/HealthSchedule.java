package io.observability.starter.health;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The timings of each check: those of the longest pattern that its name matches, and the
 * general ones where none does. Of patterns of the same length the first in alphabetical
 * order counts. Thread-safe.
 *
 * @since 0.1.0
 */
public final class HealthSchedule {

    private final HealthTimings general;

    private final List<Special> special;

    /**
     * Create a schedule.
     * @param general timings of all checks that no pattern names
     * @param special timings by pattern, as {@link NamePatterns} understands it
     */
    public HealthSchedule(HealthTimings general, Map<String, HealthTimings> special) {
        this.general = general;
        this.special = special.entrySet()
            .stream()
            .sorted(Map.Entry.comparingByKey(
                    Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder())))
            .map((entry) -> new Special(entry.getKey(), new NamePatterns(List.of(entry.getKey())), entry.getValue()))
            .toList();
    }

    /**
     * Timings of the checks that no pattern names.
     * @return the timings
     */
    public HealthTimings general() {
        return this.general;
    }

    /**
     * Timings of one check.
     * @param name the check's name
     * @return the timings
     */
    public HealthTimings of(String name) {
        for (Special special : this.special) {
            if (special.names.test(name)) {
                return special.timings;
            }
        }
        return this.general;
    }

    /**
     * Patterns that name none of the checks there are, most often for a slip of the pen.
     * @param checks the names of the checks
     * @return the patterns
     */
    public List<String> unused(Collection<String> checks) {
        return this.special.stream()
            .filter((special) -> checks.stream().noneMatch(special.names))
            .map(Special::pattern)
            .toList();
    }

    /**
     * How often somebody has to look, so that no check is started or found late by more
     * than half of its interval or time-out.
     * @return the shortest of all intervals and time-outs, halved
     */
    Duration tick() {
        Duration shortest = shortest(this.general);
        for (Special special : this.special) {
            shortest = min(shortest, shortest(special.timings));
        }
        return shortest.dividedBy(2);
    }

    private static Duration shortest(HealthTimings timings) {
        return min(timings.interval(), timings.timeout());
    }

    private static Duration min(Duration one, Duration other) {
        return (one.compareTo(other) < 0) ? one : other;
    }

    private record Special(String pattern, NamePatterns names, HealthTimings timings) {

    }

}
