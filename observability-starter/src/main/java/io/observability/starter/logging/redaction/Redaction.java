package io.observability.starter.logging.redaction;

import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * Masks secrets: whole fields by their key, and parts of a text by what they look like.
 * The text is masked in place, in forward passes whose time is linear in its length
 * whatever it holds, without regular expressions and without allocation. Thread-safe; the
 * rules don't change.
 *
 * @since 0.1.0
 */
public final class Redaction {

    /** What a secret of three or more bytes becomes; a shorter one gets as many stars. */
    public static final String MASK = "***";

    private static final byte EQUALS = 1;

    private static final byte COLON = 2;

    private static final byte AT = 4;

    private static final byte SPACE = 8;

    private static final byte LETTER_B = 16;

    private static final byte TOKEN = 32;

    static final byte DIGIT = 64;

    // "Bearer " and "Basic " have a space: without one, the many hexadecimal ids that
    // have
    // a b are not looked at.
    private static final int PHRASE = LETTER_B | SPACE;

    /** The shortest token that is found by its prefix. */
    private static final int MIN_TOKEN = 15;

    private static final int MIN_CARD = 13;

    private static final Redaction NONE = new Redaction(List.of(), List.of(), Set.of());

    private final KeyGlobs keys;

    private final Set<SecretKind> kinds;

    private final SecretScanner scanner;

    private final int triggers;

    private final LongAdder fields = new LongAdder();

    private final Map<SecretKind, LongAdder> counts = new EnumMap<>(SecretKind.class);

    private Redaction(Collection<String> keys, Collection<String> allowedKeys, Set<SecretKind> kinds) {
        this.keys = new KeyGlobs(keys, allowedKeys);
        this.kinds = kinds.isEmpty() ? Set.of() : EnumSet.copyOf(kinds);
        for (SecretKind kind : SecretKind.values()) {
            this.counts.put(kind, new LongAdder());
        }
        this.scanner = new SecretScanner(this.keys, this.kinds, this::count);
        this.triggers = this.scanner.triggers();
    }

    /**
     * Rules that mask nothing.
     * @return the rules
     */
    public static Redaction none() {
        return NONE;
    }

    /**
     * Rules that are on by default, with counts of their own.
     * @return the rules
     */
    public static Redaction standard() {
        return of(StandardKeys.MASKED, StandardKeys.ALLOWED, EnumSet.complementOf(EnumSet.of(SecretKind.EMAIL)));
    }

    /**
     * Rules of one's own.
     * @param keys globs of keys to mask: letters and digits, in which case and separators
     * do not count, and {@code *} for any characters
     * @param allowedKeys globs of keys to leave alone although one of {@code keys}
     * matches
     * @param kinds kinds of secrets to find in text
     * @return the rules
     * @throws IllegalArgumentException if a glob holds no letter or digit
     */
    public static Redaction of(Collection<String> keys, Collection<String> allowedKeys, Set<SecretKind> kinds) {
        return new Redaction(keys, allowedKeys, kinds);
    }

    /**
     * Globs of keys that {@link #standard()} masks.
     * @return the globs
     */
    public static List<String> standardKeys() {
        return StandardKeys.MASKED;
    }

    /**
     * Globs of keys that {@link #standard()} leaves alone.
     * @return the globs
     */
    public static List<String> standardAllowedKeys() {
        return StandardKeys.ALLOWED;
    }

    /**
     * Whether the value of a field is to be masked because of its key. Takes about a
     * microsecond: ask once for each key.
     * @param key the key
     * @return whether the value is to be written as {@link #MASK}
     */
    public boolean masksKey(String key) {
        return this.keys.matches(key);
    }

    /**
     * Count a field that was masked because of its key.
     */
    public void fieldMasked() {
        this.fields.increment();
    }

    /**
     * Bits that tell what secrets a text with this byte in it may hold. The bits of all
     * ASCII bytes of a text, put together by {@code |}, are what {@link #active} wants.
     * Bit 7 is never set.
     * @param ascii the byte, from 0 to 127
     * @return the bits
     */
    public static byte trigger(int ascii) {
        return switch (ascii) {
            case '=' -> EQUALS;
            case ':' -> COLON;
            case '@' -> AT;
            case ' ' -> SPACE;
            case 'B', 'b' -> LETTER_B;
            case 'I', 'J', 'K', 'k', '_', 'x' -> TOKEN;
            default -> (ascii >= '0' && ascii <= '9') ? DIGIT : 0;
        };
    }

    /**
     * What is to be looked for in a text that stands for itself.
     * @param seen the {@link #trigger(int) bits} of its bytes; more of them do no harm,
     * {@code -1} stands for all
     * @param length its length in bytes
     * @return 0 if it holds no secret, else what
     * {@link #maskActive(byte[], int, int, int)} wants
     */
    public int active(int seen, int length) {
        int active = seen & this.triggers;
        if ((active & PHRASE) != PHRASE) {
            active &= ~PHRASE;
        }
        if (length < MIN_TOKEN) {
            active &= ~TOKEN;
        }
        return (length < MIN_CARD) ? active & ~DIGIT : active;
    }

    /**
     * What is to be looked for in a text because of a value within it.
     * @param seen the {@link #trigger(int) bits} of the value's bytes
     * @param length the length of the value in bytes
     * @param last its last byte
     * @param glued whether the value may go on in what stands beside it
     * @return the bits, to be put together with those of the other parts by {@code |}
     */
    public int activeWithin(int seen, int length, int last, boolean glued) {
        int active = active(seen, glued ? Integer.MAX_VALUE : length);
        // The space of "Bearer " may be the next byte of the text.
        if ((seen & LETTER_B) != 0 && ((last | 0x20) == 'r' || (last | 0x20) == 'c')) {
            active |= PHRASE & this.triggers;
        }
        return active;
    }

    /**
     * What is to be looked for in a text because of a part of it that is always the same.
     * Takes microseconds: ask once for each part.
     * @param part the part, as the inside of a JSON string
     * @param openStart whether something stands before it
     * @param openEnd whether something follows
     * @return the bits, to be put together with those of the other parts by {@code |}
     */
    public int activeInPart(byte[] part, boolean openStart, boolean openEnd) {
        int seen = 0;
        for (byte value : part) {
            seen |= (value >= 0) ? trigger(value) : 0;
        }
        int active = seen & DIGIT;
        active |= this.scanner.isKeyIn(part, openStart) ? seen & (EQUALS | COLON) : 0;
        active |= PartialWords.mayHold(part, openStart, openEnd, PartialWords.URL) ? COLON : 0;
        active |= seen & AT;
        active |= PartialWords.mayHold(part, openStart, openEnd, PartialWords.PHRASES) ? PHRASE : 0;
        active |= PartialWords.mayHold(part, openStart, openEnd, PartialWords.TOKENS) ? TOKEN : 0;
        return active & this.triggers;
    }

    /**
     * Mask the secrets in a text that stands in a buffer as the inside of a JSON string.
     * @param bytes the buffer
     * @param from the index of the first byte of the text
     * @param to the index after its last byte
     * @param seenTriggers the {@link #trigger(int) bits} of its bytes; more of them do no
     * harm, {@code -1} stands for all
     * @return the index after the last byte of the masked text, at most {@code to}
     */
    public int mask(byte[] bytes, int from, int to, int seenTriggers) {
        return maskActive(bytes, from, to, active(seenTriggers, to - from));
    }

    /**
     * Mask the secrets in a text of which is known what to look for.
     * @param bytes the buffer
     * @param from the index of the first byte of the text
     * @param to the index after its last byte
     * @param active what {@link #active} and its like found
     * @return the index after the last byte of the masked text, at most {@code to}
     */
    public int maskActive(byte[] bytes, int from, int to, int active) {
        if (active == 0) {
            return to;
        }
        int end = to;
        if ((active & ~DIGIT) != 0) {
            end = this.scanner.maskText(bytes, from, end);
        }
        return ((active & DIGIT) != 0) ? this.scanner.maskCards(bytes, from, end) : end;
    }

    /**
     * Secrets and fields masked since the rules were made.
     * @return the number
     */
    public long masked() {
        long sum = this.fields.sum();
        for (LongAdder count : this.counts.values()) {
            sum += count.sum();
        }
        return sum;
    }

    /**
     * Secrets of a kind masked since the rules were made.
     * @param kind the kind
     * @return the number
     */
    public long masked(SecretKind kind) {
        return count(kind).sum();
    }

    /**
     * Fields masked because of their key since the rules were made.
     * @return the number
     */
    public long maskedFields() {
        return this.fields.sum();
    }

    /**
     * Kinds of secrets that are looked for.
     * @return the kinds
     */
    public Set<SecretKind> kinds() {
        return Set.copyOf(this.kinds);
    }

    private LongAdder count(SecretKind kind) {
        return Objects.requireNonNull(this.counts.get(kind));
    }

}
