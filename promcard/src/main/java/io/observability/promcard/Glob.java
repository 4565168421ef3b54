package io.observability.promcard;

import java.util.function.Predicate;

/**
 * A pattern in which {@code *} stands for any characters and {@code ?} for one.
 */
final class Glob implements Predicate<String> {

    private final String pattern;

    Glob(String pattern) {
        this.pattern = pattern;
    }

    // Only the star met last is tried again, so time is bounded by the product of both
    // lengths.
    @Override
    public boolean test(String text) {
        int at = 0;
        int want = 0;
        int star = -1;
        int retry = 0;
        while (at < text.length()) {
            char next = (want < this.pattern.length()) ? this.pattern.charAt(want) : 0;
            if (want < this.pattern.length() && next == '*') {
                star = want++;
                retry = at;
            }
            else if (want < this.pattern.length() && (next == '?' || next == text.charAt(at))) {
                want++;
                at++;
            }
            else if (star >= 0) {
                want = star + 1;
                at = ++retry;
            }
            else {
                return false;
            }
        }
        while (want < this.pattern.length() && this.pattern.charAt(want) == '*') {
            want++;
        }
        return want == this.pattern.length();
    }

    @Override
    public String toString() {
        return this.pattern;
    }

}
