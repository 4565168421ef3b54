package io.observability.starter.call;

import org.jspecify.annotations.Nullable;

/**
 * Template that the URI of a call was made from.
 *
 * @since 0.1.0
 */
public final class UriTemplate {

    private UriTemplate() {
    }

    /**
     * Cut a template to its path: scheme, authority, query and fragment are no part of a
     * route.
     * @param template the template, or {@code null} if the call has none
     * @return the path, {@code null} if there is none
     */
    public static @Nullable String path(@Nullable String template) {
        if (template == null || template.isEmpty()) {
            return null;
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
