package io.observability.starter.metrics.cardinality;

import java.util.List;
import java.util.function.LongSupplier;

/**
 * The values of one tag of one meter.
 *
 * @param tag key of the tag
 * @param rule the rule that holds, or what else bounds the tag
 * @param limit how many values have series of their own
 * @param action what becomes of the others
 * @param kept how many values have series of their own now
 * @param distinct how many values there were; estimated above the limit, with a standard
 * error of 6.5 %
 * @param folded occurrences of values without series of their own
 * @param keptExamples some values with series of their own, the busiest first as far as
 * that is known
 * @param foldedExamples some values without
 * @param foldedNow reads {@code folded} again
 * @since 0.1.0
 */
public record TagCardinality(String tag, String rule, int limit, OverflowAction action, int kept, long distinct,
        long folded, List<String> keptExamples, List<String> foldedExamples, LongSupplier foldedNow) {

    private static final int EXAMPLES = 5;

    private static final int EXAMPLE_LENGTH = 64;

    static TagCardinality of(GuardedTag tag) {
        return new TagCardinality(tag.key(), tag.rule(), tag.limit(), tag.action(), tag.keptCount(),
                tag.overflow().distinct(), tag.overflow().folded(),
                tag.keptValues(EXAMPLES).stream().map(TagCardinality::example).toList(),
                tag.overflow()
                    .examples(EXAMPLES)
                    .stream()
                    .map((folded) -> folded.value())
                    .map(TagCardinality::example)
                    .toList(),
                tag.overflow()::folded);
    }

    // Values come from strangers: no control character, no direction mark, not too long.
    private static String example(String value) {
        StringBuilder text = new StringBuilder();
        value.codePoints().limit(EXAMPLE_LENGTH).forEach((c) -> {
            switch (Character.getType(c)) {
                case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED,
                        Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.PRIVATE_USE ->
                    text.append('?');
                default -> text.appendCodePoint(c);
            }
        });
        return (value.codePointCount(0, value.length()) > EXAMPLE_LENGTH) ? text.append('…').toString()
                : text.toString();
    }

}
