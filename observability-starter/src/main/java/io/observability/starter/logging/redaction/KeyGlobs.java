package io.observability.starter.logging.redaction;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Globs over keys in which neither case nor separators nor digits at the end count:
 * {@code *api-key} is {@code apiKey}, {@code X-API-KEY} and {@code my.api_key2}. Matched
 * from the end, since it is the last word that tells; globs are sorted by their last
 * letter, so that most keys are done after one comparison.
 */
final class KeyGlobs {

    private static final int MAX_KEY = 256;

    private static final byte ANY = '*';

    // By the letter or digit that ends the glob; the last one for globs that end with *.
    private final byte[][][] masked;

    private final byte[][][] allowed;

    KeyGlobs(Collection<String> masked, Collection<String> allowed) {
        this.masked = sorted(masked);
        this.allowed = sorted(allowed);
    }

    boolean matches(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return matches(bytes, 0, bytes.length);
    }

    /**
     * Whether a key that stands in a buffer is masked.
     * @param bytes the buffer
     * @param from the index of the first byte of the key
     * @param to the index after its last byte
     * @return whether it is masked
     */
    boolean matches(byte[] bytes, int from, int to) {
        int start = Math.max(from, to - MAX_KEY);
        int end = to;
        while (end > start && isSpare(bytes[end - 1])) {
            end--;
        }
        return either(this.masked, bytes, start, end, to) && !either(this.allowed, bytes, start, end, to);
    }

    private static boolean either(byte[][][] globs, byte[] bytes, int from, int end, int to) {
        return any(globs, bytes, from, end) || (end != to && any(globs, bytes, from, to));
    }

    private static boolean any(byte[][][] globs, byte[] bytes, int from, int to) {
        if (to == from) {
            return false;
        }
        for (byte[] glob : globs[bucket(bytes[to - 1])]) {
            if (matches(glob, glob.length, bytes, from, to)) {
                return true;
            }
        }
        for (byte[] glob : globs[globs.length - 1]) {
            if (matches(glob, glob.length, bytes, from, to)) {
                return true;
            }
        }
        return false;
    }

    // From the end; a star that fails to match goes one byte further, and only the star
    // met last does.
    private static boolean matches(byte[] glob, int length, byte[] bytes, int from, int to) {
        int at = to - 1;
        int want = length - 1;
        int star = -1;
        int retry = -1;
        while (at >= from) {
            int have = folded(bytes[at]);
            if (have == 0) {
                at--;
            }
            else if (want >= 0 && glob[want] == ANY) {
                star = want--;
                retry = at;
            }
            else if (want >= 0 && glob[want] == have) {
                want--;
                at--;
            }
            else if (star >= 0) {
                want = star - 1;
                at = --retry;
            }
            else {
                return false;
            }
        }
        while (want >= 0 && glob[want] == ANY) {
            want--;
        }
        return want < 0;
    }

    private static byte[][][] sorted(Collection<String> globs) {
        List<List<byte[]>> buckets = new ArrayList<>();
        for (int i = 0; i <= 128; i++) {
            buckets.add(new ArrayList<>());
        }
        for (String glob : globs) {
            byte[] bytes = normalised(glob);
            int last = bytes[bytes.length - 1];
            buckets.get((last == ANY) ? 128 : bucket((byte) last)).add(bytes);
        }
        return buckets.stream().map((bucket) -> bucket.toArray(new byte[0][])).toArray(byte[][][]::new);
    }

    private static byte[] normalised(String glob) {
        StringBuilder text = new StringBuilder();
        glob.toLowerCase(Locale.ROOT)
            .chars()
            .filter((c) -> c == ANY || (c < 128 && folded((byte) c) != 0) || c >= 128)
            .forEach((c) -> text.append((char) c));
        String kept = text.toString().replaceAll("\\*+", "*");
        if (kept.replace("*", "").isEmpty()) {
            throw new IllegalArgumentException("Glob '" + glob + "' has no letter or digit");
        }
        return kept.getBytes(StandardCharsets.UTF_8);
    }

    private static int bucket(byte last) {
        return folded(last) & 0x7f;
    }

    /**
     * Fold a byte of a key.
     * @param value the byte
     * @return the letter in lower case, the digit, the byte from beyond ASCII, or 0 for a
     * separator
     */
    static int folded(byte value) {
        if ((value >= 'a' && value <= 'z') || (value >= '0' && value <= '9') || value < 0) {
            return value;
        }
        return (value >= 'A' && value <= 'Z') ? value + ('a' - 'A') : 0;
    }

    private static boolean isSpare(byte value) {
        return folded(value) == 0 || (value >= '0' && value <= '9');
    }

}
