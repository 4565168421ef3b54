package io.observability.starter.metrics.cardinality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;

/**
 * Makes ids of one meter whose values, and whose number, are bounded. Thread-safe.
 */
final class IdFolding {

    /** Room for combinations of folded values above the limit of series. */
    private static final int SPARE_SERIES = 16;

    private final GuardedTags tags;

    private final Map<Meter.Id, Series> series;

    private final int maxSeries;

    private final Consumer<GuardedTag> onFirstFold;

    IdFolding(GuardedTags tags, Map<Meter.Id, Series> series, int maxSeries, Consumer<GuardedTag> onFirstFold) {
        this.tags = tags;
        this.series = series;
        this.maxSeries = maxSeries;
        this.onFirstFold = onFirstFold;
    }

    /**
     * Fold the values that have no series of their own.
     * @param id the id that was asked for
     * @param summable whether events of different values may be added up
     * @return the same one, or one with folded values
     */
    Meter.Id foldValues(Meter.Id id, boolean summable) {
        Tag[] folded = null;
        int size = 0;
        for (Tag tag : id.getTagsAsIterable()) {
            GuardedTag guarded = this.tags.get(tag.getKey());
            if (!this.tags.isTooMany(guarded) && guarded.admits(tag.getValue())) {
                if (folded != null) {
                    folded[size] = tag;
                }
                size++;
                continue;
            }
            if (folded == null) {
                folded = firstOf(id, size);
            }
            note(guarded, tag.getValue());
            String shown = summable ? guarded.substitutes().of(tag.getValue()) : FoldedValue.REFUSED;
            if (shown != null) {
                folded[size++] = Tag.of(tag.getKey(), shown);
            }
        }
        if (folded == null) {
            return id;
        }
        return withTags(id, Tags.of((size < folded.length) ? Arrays.copyOf(folded, size) : folded));
    }

    private static Tag[] firstOf(Meter.Id id, int count) {
        int size = 0;
        for (Tag ignored : id.getTagsAsIterable()) {
            size++;
        }
        Tag[] tags = new Tag[size];
        Iterator<Tag> all = id.getTagsAsIterable().iterator();
        for (int i = 0; i < count; i++) {
            tags[i] = all.next();
        }
        return tags;
    }

    /**
     * Fold one tag after the other, that with the most values first, until the series is
     * one that exists.
     * @param id an id for whose series there is no room
     * @param summable whether events of different values may be added up
     * @return an id for which there is
     */
    Meter.Id foldWidestTags(Meter.Id id, boolean summable) {
        List<Tag> tags = new ArrayList<>(id.getTags());
        List<Integer> widestFirst = new ArrayList<>();
        for (int i = 0; i < tags.size(); i++) {
            widestFirst.add(i);
        }
        widestFirst
            .sort(Comparator.comparingInt((Integer i) -> this.tags.get(tags.get(i).getKey()).keptCount()).reversed());
        Meter.Id mapped = id;
        for (int i : widestFirst) {
            Tag tag = tags.get(i);
            if (tag.getValue().equals(FoldedValue.OTHER)) {
                continue;
            }
            note(this.tags.get(tag.getKey()), tag.getValue());
            if (!summable) {
                tags.set(i, Tag.of(tag.getKey(), FoldedValue.REFUSED));
                return withTags(id, Tags.of(tags));
            }
            tags.set(i, Tag.of(tag.getKey(), FoldedValue.OTHER));
            mapped = withTags(id, Tags.of(tags));
            if (this.series.containsKey(mapped)) {
                return mapped;
            }
        }
        return (this.series.size() < this.maxSeries + SPARE_SERIES) ? mapped : withTags(id, Tags.empty());
    }

    private static Meter.Id withTags(Meter.Id id, Tags tags) {
        return new Meter.Id(id.getName(), tags, id.getBaseUnit(), id.getDescription(), id.getType());
    }

    private void note(GuardedTag tag, String value) {
        if (tag.note(value)) {
            this.onFirstFold.accept(tag);
        }
    }

}
