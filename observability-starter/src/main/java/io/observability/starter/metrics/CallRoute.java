package io.observability.starter.metrics;

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
        if (template == null || template.isEmpty()) {
            return LabelValue.UNKNOWN;
        }
        int start = 0;
        int scheme = template.indexOf("://");
        if (scheme >= 0 && scheme < firstOf(template, 0, '/', '?', '#') + 1) {
            start = firstOf(template, scheme + 3, '/', '?', '#');
        }
        String path = template.substring(start, firstOf(template, start, '?', '#', '?'));
        return path.startsWith("/") ? path : "/" + path;
    }

    private static int firstOf(String text, int from, char one, char two, char three) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == one || c == two || c == three) {
                return i;
            }
        }
        return text.length();
    }

}
