package io.observability.starter.metrics;

import io.observability.starter.context.RequestRoute;

/**
 * Label values that stand for what has no value of its own. Each begins with an
 * underscore, which no route does.
 *
 * @since 0.1.0
 */
public final class LabelValue {

    /** Above the bound, or not in the list of values that are known. */
    public static final String OTHER = "_other";

    /** A request that no handler of the application matched. */
    public static final String UNMATCHED = RequestRoute.UNMATCHED;

    /** A call without a template of its URI. */
    public static final String UNKNOWN = "_unknown";

    /** A call that got no answer. */
    public static final String ERROR = "_error";

    private LabelValue() {
    }

    static boolean isReserved(String value) {
        return value.equals(OTHER) || value.equals(UNMATCHED) || value.equals(UNKNOWN);
    }

}
