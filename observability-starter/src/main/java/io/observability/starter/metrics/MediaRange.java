package io.observability.starter.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * One element of an {@code Accept} or {@code Accept-Encoding} header (RFC 9110, sections
 * 12.5.1 and 12.5.3).
 *
 * @param name media range or coding, in lower case
 * @param parameters parameters but for the weight, {@code name=value}, names in lower
 * case
 * @param quality the weight, 0 to 1
 */
record MediaRange(String name, List<String> parameters, double quality) {

    /** A longer header is cut: nobody who scrapes sends it. */
    private static final int MAX_ELEMENTS = 32;

    static List<MediaRange> parse(String header) {
        List<MediaRange> ranges = new ArrayList<>();
        for (String element : split(header, ',')) {
            MediaRange range = element(element);
            if (range != null && ranges.size() < MAX_ELEMENTS) {
                ranges.add(range);
            }
        }
        return ranges;
    }

    @Nullable String parameter(String name) {
        for (String parameter : this.parameters) {
            if (parameter.length() > name.length() && parameter.charAt(name.length()) == '='
                    && parameter.startsWith(name)) {
                return parameter.substring(name.length() + 1);
            }
        }
        return null;
    }

    private static @Nullable MediaRange element(String element) {
        List<String> parts = split(element, ';');
        String name = parts.get(0).trim().toLowerCase(Locale.ROOT);
        if (name.isEmpty()) {
            return null;
        }
        List<String> parameters = new ArrayList<>();
        double quality = 1;
        for (String part : parts.subList(1, parts.size())) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                continue;
            }
            String key = part.substring(0, equals).trim().toLowerCase(Locale.ROOT);
            String value = unquote(part.substring(equals + 1).trim());
            if (key.equals("q")) {
                quality = quality(value);
            }
            else {
                parameters.add(key + "=" + value);
            }
        }
        return (quality >= 0) ? new MediaRange(name, parameters, quality) : null;
    }

    private static double quality(String value) {
        try {
            double quality = Double.parseDouble(value);
            return (quality >= 0 && quality <= 1) ? quality : -1;
        }
        catch (NumberFormatException ex) {
            return -1;
        }
    }

    private static String unquote(String value) {
        boolean quoted = value.length() >= 2 && value.charAt(0) == '"' && value.charAt(value.length() - 1) == '"';
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            }
            else if (c == separator && !quoted) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

}
