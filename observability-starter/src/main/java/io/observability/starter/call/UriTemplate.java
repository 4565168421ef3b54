package io.observability.starter.call;

import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * Template that the URI of a call was made from.
 *
 * @since 0.1.0
 */
public final class UriTemplate {

    // Clients put base and template together anew for each call. A place is taken over by
    // who comes last.
    private static final AtomicReferenceArray<@Nullable Cut> KNOWN = new AtomicReferenceArray<>(256);

    private static final int MAX_KNOWN_LENGTH = 256;

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
        int hash = template.hashCode();
        int place = (hash ^ (hash >>> 16)) & (KNOWN.length() - 1);
        Cut known = KNOWN.getAcquire(place);
        if (known != null && known.template.equals(template)) {
            return known.path;
        }
        String path = cut(template);
        if (template.length() <= MAX_KNOWN_LENGTH) {
            KNOWN.setRelease(place, new Cut(template, path));
        }
        return path;
    }

    private static String cut(String template) {
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

    private record Cut(String template, String path) {
    }

}
