package io.observability.starter.metrics.business;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.micrometer.core.instrument.Tag;
import io.observability.starter.metrics.MetricSetFilter;
import org.jspecify.annotations.Nullable;

/**
 * The conventions of names, as Prometheus has them: words in lower case, base units, and
 * no suffix that Prometheus adds itself.
 */
final class MeterNames {

    private static final Pattern WORDS = Pattern.compile("[a-z][a-z0-9]*([._][a-z0-9]+)*");

    private static final Set<String> SUFFIXES = Set.of("total", "count", "sum", "bucket", "created", "info", "max");

    private static final Set<String> TYPES = Set.of("counter", "gauge", "histogram", "summary", "timer");

    private static final Map<String, String> BASE_UNITS = Map.ofEntries(Map.entry("ms", "seconds"),
            Map.entry("millis", "seconds"), Map.entry("milliseconds", "seconds"), Map.entry("micros", "seconds"),
            Map.entry("microseconds", "seconds"), Map.entry("nanos", "seconds"), Map.entry("nanoseconds", "seconds"),
            Map.entry("sec", "seconds"), Map.entry("secs", "seconds"), Map.entry("minutes", "seconds"),
            Map.entry("hours", "seconds"), Map.entry("days", "seconds"), Map.entry("kb", "bytes"),
            Map.entry("mb", "bytes"), Map.entry("gb", "bytes"), Map.entry("kilobytes", "bytes"),
            Map.entry("megabytes", "bytes"), Map.entry("gigabytes", "bytes"), Map.entry("bits", "bytes"),
            Map.entry("percent", "ratio"), Map.entry("percentage", "ratio"));

    private static final Set<String> RESERVED_TAGS = Set.of("le", "quantile", "result", "exception");

    private MeterNames() {
    }

    /**
     * Look for what breaks the conventions.
     * @param name the name of a meter
     * @param unit its unit, or {@code null}
     * @param tags its tags
     * @return what is wrong, as the end of "the metric …", or {@code null}
     */
    static @Nullable String problem(String name, @Nullable String unit, Iterable<Tag> tags) {
        String problem = problemOfName(name);
        if (problem == null && unit != null) {
            problem = problemOfUnit(unit);
        }
        for (Tag tag : tags) {
            if (problem == null) {
                problem = problemOfTag(tag.getKey());
            }
        }
        return problem;
    }

    private static @Nullable String problemOfName(String name) {
        if (!WORDS.matcher(name).matches()) {
            return "should be words of a to z and digits with dots between them, such as 'shop.orders'";
        }
        if (MetricSetFilter.isStock(name) || name.startsWith("observability.")) {
            return "has a name in a room that Spring Boot, Micrometer or this starter has for itself";
        }
        String last = name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('_')) + 1);
        if (SUFFIXES.contains(last)) {
            return "should not end with '" + last + "': Prometheus gives that suffix a meaning, and adds it";
        }
        if (TYPES.contains(last)) {
            return "should not have its type in its name";
        }
        return problemOfUnit(last);
    }

    private static @Nullable String problemOfUnit(String unit) {
        if (!WORDS.matcher(unit).matches()) {
            return "should have a unit in lower case, not '" + unit + "'";
        }
        String base = BASE_UNITS.get(unit);
        return (base != null) ? "should be in " + base + ", not in " + unit : null;
    }

    private static @Nullable String problemOfTag(String key) {
        if (!WORDS.matcher(key).matches() || RESERVED_TAGS.contains(key)) {
            return "should not have a tag '" + key
                    + "': tags are words in lower case, and le, quantile, result and exception have a meaning";
        }
        return null;
    }

}
