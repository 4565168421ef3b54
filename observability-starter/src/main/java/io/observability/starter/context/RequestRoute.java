package io.observability.starter.context;

import org.jspecify.annotations.Nullable;

/**
 * Route of a request that was answered: the template that matched its path, or one name
 * for all paths that nothing matched, so that a stranger can't make up new ones.
 *
 * @since 0.1.0
 */
public final class RequestRoute {

    /** A request that no handler of the application matched. */
    public static final String UNMATCHED = "_unmatched";

    private static final int NOT_FOUND = 404;

    private RequestRoute() {
    }

    /**
     * Route from the pattern that Spring found.
     * @param pattern the pattern, or {@code null} if there is none
     * @param status the status code of the answer
     * @return the pattern, or {@link #UNMATCHED}
     */
    public static String of(@Nullable String pattern, int status) {
        // What no handler matched ends at the handler of static resources.
        if (pattern == null || (status == NOT_FOUND && pattern.equals("/**"))) {
            return UNMATCHED;
        }
        return pattern.isEmpty() ? "/" : pattern;
    }

}
