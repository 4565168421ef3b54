package io.observability.starter.metrics.cardinality.autoconfigure;

import java.util.concurrent.atomic.AtomicInteger;

import io.observability.starter.metrics.cardinality.OverflowAction;
import io.observability.starter.metrics.cardinality.OverflowListener;
import io.observability.starter.metrics.cardinality.OverflowMeters;
import io.observability.starter.metrics.cardinality.TagCardinality;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns once of each tag with too many values, and says which rule would change that.
 */
final class LoggingOverflowListener implements OverflowListener {

    private static final Logger logger = LoggerFactory.getLogger(LoggingOverflowListener.class);

    /** Somebody who makes up meters makes no more lines than this. */
    private static final int MAX_WARNINGS = 100;

    private static final String SETTING = "observability.";

    private static final String FIXED = "at most ";

    private static final int MAX_LIMIT = 10_000;

    private final AtomicInteger warnings = new AtomicInteger();

    @Override
    public void overflowed(String meter, TagCardinality tag) {
        if (tag.rule().startsWith(SETTING)) {
            // Whoever bounds its tags by a setting of its own says so itself.
            return;
        }
        int number = this.warnings.incrementAndGet();
        if (number <= MAX_WARNINGS) {
            logger.warn("{}, counted in {}. {}", what(meter, tag), OverflowMeters.FAMILY, remedy(meter, tag));
        }
        else if (number == MAX_WARNINGS + 1) {
            logger.warn("More than {} tags have too many values; see the actuator endpoint 'cardinality' for the rest",
                    MAX_WARNINGS);
        }
    }

    private static String what(String meter, TagCardinality tag) {
        return "Tag '%s' of meter '%s' has more than %d values (%s); further ones are %s".formatted(tag.tag(), meter,
                tag.limit(), tag.rule(), fate(tag.action()));
    }

    private static String fate(OverflowAction action) {
        return switch (action.kind()) {
            case KEEP_MOST_FREQUENT -> "shown together as '_other' unless they occur most";
            case OTHER -> "shown together as '_other'";
            case HASH -> "spread over " + action.size() + " values";
            case PREFIX -> "cut to " + action.size() + " characters";
            case DROP -> "left off";
        };
    }

    private static String remedy(String meter, TagCardinality tag) {
        if (tag.rule().startsWith(FIXED)) {
            return meter.startsWith("_") ? "To allow more: observability.metrics.cardinality.max-meters"
                    : "This bound is fixed";
        }
        return "To allow more, or to choose another action: "
                + "observability.metrics.cardinality.rules: [{meter: \"%s\", tag: \"%s\", limit: %d, action: \"%s\"}]"
                    .formatted(meter, tag.tag(), Math.min(MAX_LIMIT, Math.max(1, tag.limit()) * 2), tag.action());
    }

}
