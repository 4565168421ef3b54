package io.observability.starter.logging.redaction;

import java.util.ArrayList;
import java.util.List;

/**
 * Looks for the words by which secrets are found in a part of a text, also for a word of
 * which only a part is in it. In any case: to look in vain is no harm.
 */
final class PartialWords {

    static final List<String> URL = List.of("://");

    static final List<String> PHRASES = List.of("bearer", "basic");

    static final List<String> TOKENS = tokens();

    private PartialWords() {
    }

    private static List<String> tokens() {
        List<String> words = new ArrayList<>(
                List.of("eyj", "akia", "asia", "aiza", "xox", "sk-", "private key-----", "private key block-----"));
        words.addAll(List.of(TokenSecrets.UNDERSCORED));
        return List.copyOf(words);
    }

    /**
     * Whether a text may hold one of some words, beginning or ending in a part of it.
     * @param part the part
     * @param openStart whether a word may begin before it
     * @param openEnd whether a word may go on behind it
     * @param words the words
     * @return whether one may
     */
    static boolean mayHold(byte[] part, boolean openStart, boolean openEnd, List<String> words) {
        for (String word : words) {
            int first = openStart ? 1 - word.length() : 0;
            int last = openEnd ? part.length - 1 : part.length - word.length();
            for (int at = first; at <= last; at++) {
                if (overlaps(part, at, word)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean overlaps(byte[] part, int at, String word) {
        for (int i = Math.max(0, -at); i < word.length() && at + i < part.length; i++) {
            if ((part[at + i] | 0x20) != (word.charAt(i) | 0x20)) {
                return false;
            }
        }
        return true;
    }

}
