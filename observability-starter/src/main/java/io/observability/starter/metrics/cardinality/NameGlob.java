package io.observability.starter.metrics.cardinality;

import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.NamingConvention;
import org.jspecify.annotations.Nullable;

/**
 * Globs of names: {@code *} is any number of characters, {@code ?} is one.
 */
final class NameGlob {

    private static final String[] PARTS = { "_count", "_sum", "_bucket", "_max" };

    private NameGlob() {
    }

    // Goes back to the last star only, so the time is the product of the lengths at most.
    static boolean matches(String glob, String name) {
        int at = 0;
        int star = -1;
        int resume = 0;
        int i = 0;
        while (i < name.length()) {
            char c = (at < glob.length()) ? glob.charAt(at) : 0;
            if (c == '*') {
                star = at++;
                resume = i;
            }
            else if (at < glob.length() && (c == '?' || c == name.charAt(i))) {
                at++;
                i++;
            }
            else if (star >= 0) {
                at = star + 1;
                i = ++resume;
            }
            else {
                return false;
            }
        }
        while (at < glob.length() && glob.charAt(at) == '*') {
            at++;
        }
        return at == glob.length();
    }

    static boolean matchesAny(String glob, List<String> names) {
        for (String name : names) {
            if (matches(glob, name)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Names under which a meter may be known: its own, and those that Prometheus makes of
     * it.
     * @param id the meter
     * @return the names
     */
    static List<String> namesOf(Meter.Id id) {
        List<String> names = new ArrayList<>();
        names.add(id.getName());
        String snake = NamingConvention.snakeCase.name(id.getName(), id.getType(), id.getBaseUnit())
            .replaceAll("[^a-zA-Z0-9_:]", "_");
        names.add(snake);
        String unit = unit(id);
        String family = (unit != null && !snake.endsWith("_" + unit)) ? snake + "_" + unit : snake;
        names.add(family);
        switch (id.getType()) {
            case COUNTER -> names.add(family.endsWith("_total") ? family : family + "_total");
            case TIMER, LONG_TASK_TIMER, DISTRIBUTION_SUMMARY -> {
                for (String part : PARTS) {
                    names.add(family + part);
                }
            }
            default -> {
            }
        }
        return names;
    }

    static List<String> namesOfTag(String key) {
        return List.of(key, NamingConvention.snakeCase.tagKey(key));
    }

    private static @Nullable String unit(Meter.Id id) {
        return switch (id.getType()) {
            case TIMER, LONG_TASK_TIMER -> "seconds";
            default -> id.getBaseUnit();
        };
    }

}
