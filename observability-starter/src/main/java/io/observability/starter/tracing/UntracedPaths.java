package io.observability.starter.tracing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.observability.starter.settings.InvalidSettingException;

/**
 * Paths whose requests are neither traced nor counted: those of the starter, those below
 * the actuator, and those that match a pattern of the user's. In a pattern {@code *}
 * stands for any characters of one segment, {@code ?} for one of them, and {@code **} at
 * the end for everything below. Thread-safe.
 *
 * @since 0.1.0
 */
public final class UntracedPaths {

    private static final String PROPERTY = "observability.tracing.exclude-paths";

    private static final Pattern ALLOWED = Pattern.compile("/[A-Za-z0-9._~!$&'()+,=:@/*?-]*");

    private final Predicate<String> starterPaths;

    private final List<String> prefixes;

    private final List<Pattern> patterns;

    /**
     * Create the set of paths.
     * @param starterPaths whether the starter answers a path; asked for each request
     * @param prefixes paths that are left out together with all below them, each with a
     * leading slash and without one at the end
     * @param patterns the user's patterns
     */
    public UntracedPaths(Predicate<String> starterPaths, List<String> prefixes, List<String> patterns) {
        this.starterPaths = starterPaths;
        this.prefixes = List.copyOf(prefixes);
        List<Pattern> compiled = new ArrayList<>();
        for (int i = 0; i < patterns.size(); i++) {
            compiled.add(compile(PROPERTY + "[" + i + "]", patterns.get(i)));
        }
        this.patterns = List.copyOf(compiled);
    }

    /**
     * Whether requests to a path are left out.
     * @param path the path below the context path, as it was received
     * @return whether they are
     */
    public boolean contains(String path) {
        return this.starterPaths.test(path) || (isListed(path) && isPlain(path));
    }

    private boolean isListed(String path) {
        for (String prefix : this.prefixes) {
            if (path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/')) {
                return true;
            }
        }
        for (Pattern pattern : this.patterns) {
            if (pattern.matcher(path).matches()) {
                return true;
            }
        }
        return false;
    }

    // A path that a container reads otherwise than it stands there, such as
    // /actuator/../orders, must not hide what it reaches.
    private static boolean isPlain(String path) {
        return !path.contains("..") && path.indexOf(';') < 0 && path.indexOf('%') < 0 && path.indexOf('\\') < 0
                && !path.contains("//");
    }

    private static Pattern compile(String property, String pattern) {
        int everything = pattern.indexOf("**");
        if (!ALLOWED.matcher(pattern).matches() || pattern.equals("/**")
                || (everything >= 0 && (everything != pattern.length() - 2 || !pattern.endsWith("/**")))) {
            throw new InvalidSettingException(property, pattern,
                    "a path such as '/internal/*' or '/static/**': '/' first, '**' only as the last segment, "
                            + "and not '/**', which would leave out everything");
        }
        StringBuilder regex = new StringBuilder();
        String rest = (everything >= 0) ? pattern.substring(0, pattern.length() - "/**".length()) : pattern;
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            switch (c) {
                case '*' -> regex.append("[^/]*");
                case '?' -> regex.append("[^/]");
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.append((everything >= 0) ? "(/.*)?" : "").toString());
    }

}
