package io.observability.starter.metrics;

import io.observability.starter.call.UriTemplate;
import org.jspecify.annotations.Nullable;

/**
 * Route of a call that goes out, from the template of its URI.
 *
 * @since 0.1.0
 */
public final class CallRoute {

    private CallRoute() {
    }

    /**
     * Cut a template to its path: scheme, authority, query and fragment are no part of a
     * route.
     * @param template the template, or {@code null} if the call has none
     * @return the path, or {@link LabelValue#UNKNOWN}
     */
    public static String of(@Nullable String template) {
        String path = UriTemplate.path(template);
        return (path != null) ? path : LabelValue.UNKNOWN;
    }

}
