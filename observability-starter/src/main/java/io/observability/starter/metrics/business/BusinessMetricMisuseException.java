package io.observability.starter.metrics.business;

import java.util.List;

/**
 * A business metric is not used as it should be, and the checks are strict.
 *
 * @since 0.1.0
 */
public final class BusinessMetricMisuseException extends IllegalStateException {

    private final List<String> misuses;

    BusinessMetricMisuseException(List<String> misuses) {
        super(String.join("; ", misuses));
        this.misuses = List.copyOf(misuses);
    }

    /**
     * What is wrong, a sentence each.
     * @return the sentences
     */
    public List<String> misuses() {
        return this.misuses;
    }

}
