package io.observability.starter.health;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A set of patterns for names of checks: {@code *} stands for any characters and
 * {@code ?} for one. A pattern that matches a composite matches its children as well.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class NamePatterns implements Predicate<String> {

    private final List<Pattern> patterns;

    /**
     * Create a set.
     * @param patterns the patterns; none matches nothing
     */
    public NamePatterns(Collection<String> patterns) {
        List<Pattern> compiled = new ArrayList<>();
        for (String pattern : patterns) {
            compiled.add(compile(pattern));
        }
        this.patterns = List.copyOf(compiled);
    }

    private static Pattern compile(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex + "(/.*)?", Pattern.DOTALL);
    }

    /**
     * Whether there is no pattern.
     * @return whether there is none
     */
    public boolean isEmpty() {
        return this.patterns.isEmpty();
    }

    @Override
    public boolean test(String name) {
        for (Pattern pattern : this.patterns) {
            if (pattern.matcher(name).matches()) {
                return true;
            }
        }
        return false;
    }

}
