package io.observability.promcard;

import java.net.URI;
import java.time.Duration;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * What the user wants to know.
 *
 * @param url a page of metrics or a Prometheus server, without credentials
 * @param metric which metrics
 * @param label which labels
 * @param lookback how far back a series counts, or {@code null} for those of now
 * @param threshold the most different values that a label may have
 */
record Question(URI url, Predicate<String> metric, Predicate<String> label, @Nullable Duration lookback,
        int threshold) {

}
