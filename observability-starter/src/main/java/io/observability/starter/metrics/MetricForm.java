package io.observability.starter.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

/**
 * What a metric family is called in one dialect.
 *
 * @param type kind of the family
 * @param meter name of the Micrometer meter, with dots, as properties such as
 * {@code management.metrics.enable.*} know it
 * @param unit base unit, or {@code null} for a plain number
 * @param labels names of the labels as meters have them, in the order in which they are
 * documented
 * @param constants labels that have the same value in each series of what is meant, since
 * the dialect has one family for several things
 * @since 0.1.0
 */
public record MetricForm(MetricName.Type type, String meter, @Nullable String unit, List<String> labels,
        Map<String, String> constants) {

    /** Declares that a dialect tells the same by another family. */
    static final String NONE = "";

    private static final String NO_UNIT = "-";

    /**
     * Read a form as it is declared.
     * @param type kind of the family
     * @param text meter, unit or a dash, and labels with commas in between, some of them
     * with a value
     * @return the form
     */
    static MetricForm parse(MetricName.Type type, String text) {
        String[] parts = text.split(" ", -1);
        List<String> labels = new ArrayList<>();
        Map<String, String> constants = new LinkedHashMap<>();
        for (String label : (parts.length > 2) ? parts[2].split(",", -1) : new String[0]) {
            int equals = label.indexOf('=');
            labels.add((equals < 0) ? label : label.substring(0, equals));
            if (equals >= 0) {
                constants.put(label.substring(0, equals), label.substring(equals + 1));
            }
        }
        return new MetricForm(type, parts[0], parts[1].equals(NO_UNIT) ? null : parts[1], List.copyOf(labels),
                Map.copyOf(constants));
    }

    /**
     * Name of the family in a scrape.
     * @return the name, such as {@code http_requests_total}
     */
    public String family() {
        String name = this.meter.replace('.', '_');
        if (this.unit != null && !name.endsWith("_" + this.unit)) {
            name += "_" + this.unit;
        }
        return (this.type == MetricName.Type.COUNTER) ? name + "_total" : name;
    }

    /**
     * Names of the labels in a scrape.
     * @return the names, such as {@code http_route}
     */
    public List<String> labelNames() {
        return this.labels.stream().map((label) -> label.replace('.', '_')).toList();
    }

    /**
     * Tags of a meter that had another form: labels in the same place mean the same.
     * @param tags the tags it had
     * @param from the form it had
     * @return the tags that it has in this form
     */
    Tags translate(Iterable<Tag> tags, MetricForm from) {
        List<Tag> translated = new ArrayList<>();
        for (Tag tag : tags) {
            int place = from.labels.indexOf(tag.getKey());
            translated
                .add((place >= 0 && place < this.labels.size()) ? Tag.of(this.labels.get(place), tag.getValue()) : tag);
        }
        this.constants.forEach((name, value) -> translated.add(Tag.of(name, value)));
        return Tags.of(translated);
    }

}
