package io.observability.starter.logging.redaction;

import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Goes through a text from one byte that may be part of a secret to the next, and masks
 * what is found there in place.
 */
final class SecretScanner {

    private final Set<SecretKind> kinds;

    // 1 for the bytes at which secrets of the wanted kinds are found.
    private final byte[] anchors = new byte[256];

    private final KeyedSecrets keyed;

    private final UrlSecrets urls;

    private final EmailAddresses addresses;

    private final TokenSecrets tokens;

    private final PrivateKeys privateKeys;

    private final @Nullable CardNumbers cards;

    private final boolean hasKeyed;

    private final boolean hasUrls;

    SecretScanner(KeyGlobs keys, Set<SecretKind> kinds, Function<SecretKind, LongAdder> counts) {
        this.kinds = kinds;
        this.keyed = new KeyedSecrets(keys, counts.apply(SecretKind.KEY_VALUE));
        this.urls = new UrlSecrets(counts.apply(SecretKind.URL_PASSWORD));
        this.addresses = new EmailAddresses(counts.apply(SecretKind.EMAIL));
        this.tokens = new TokenSecrets(counts.apply(SecretKind.BEARER), counts.apply(SecretKind.JWT),
                counts.apply(SecretKind.KNOWN_TOKEN));
        this.privateKeys = new PrivateKeys(counts.apply(SecretKind.PRIVATE_KEY));
        this.cards = kinds.contains(SecretKind.CARD) ? new CardNumbers(counts.apply(SecretKind.CARD)) : null;
        this.hasKeyed = kinds.contains(SecretKind.KEY_VALUE);
        this.hasUrls = kinds.contains(SecretKind.URL_PASSWORD);
        anchor(SecretKind.KEY_VALUE, "=:");
        anchor(SecretKind.URL_PASSWORD, ":");
        anchor(SecretKind.EMAIL, "@");
        anchor(SecretKind.BEARER, "bB");
        anchor(SecretKind.JWT, "J");
        anchor(SecretKind.PRIVATE_KEY, "K");
        anchor(SecretKind.KNOWN_TOKEN, "_xIk");
    }

    private void anchor(SecretKind kind, String bytes) {
        if (this.kinds.contains(kind)) {
            bytes.chars().forEach((c) -> this.anchors[c] = 1);
        }
    }

    /**
     * Bits of the {@link Redaction#trigger(int) triggers} at which there is something to
     * look for.
     * @return the bits
     */
    int triggers() {
        int bits = (this.cards != null) ? Redaction.DIGIT : 0;
        for (int c = 0; c < 128; c++) {
            if (this.anchors[c] != 0) {
                bits |= Redaction.trigger(c);
            }
        }
        // What is found at a letter wants a space behind its word.
        return this.kinds.contains(SecretKind.BEARER) ? bits | Redaction.trigger(' ') : bits;
    }

    /**
     * Whether a key whose value is a secret may end in a part of a text.
     * @param part the part
     * @param open whether something stands before it
     * @return whether it may
     */
    boolean isKeyIn(byte[] part, boolean open) {
        for (int at = 0; at < part.length; at++) {
            if ((part[at] == '=' || part[at] == ':') && this.keyed.mayBeKeyBefore(part, at, open)) {
                return this.hasKeyed;
            }
        }
        return false;
    }

    int maskText(byte[] bytes, int from, int to) {
        int read = from;
        int kept = from;
        int written = from;
        while (true) {
            read = nextAnchor(bytes, read, to);
            if (read >= to) {
                break;
            }
            long span = find(bytes, kept, read, to);
            if (Span.isSecret(span)) {
                written = copy(bytes, kept, Span.start(span), written);
                written = stars(bytes, written, Span.end(span) - Span.start(span));
                kept = Span.end(span);
                read = kept;
            }
            else {
                read = Span.next(span);
            }
        }
        return (kept == from) ? to : copy(bytes, kept, to, written);
    }

    int maskCards(byte[] bytes, int from, int to) {
        CardNumbers numbers = this.cards;
        if (numbers == null || to - from < 13) {
            return to;
        }
        int kept = from;
        int written = from;
        int lower = from;
        while (true) {
            long span = numbers.next(bytes, lower, kept, to);
            if (!Span.isSecret(span)) {
                break;
            }
            written = copy(bytes, kept, Span.start(span), written);
            written = stars(bytes, written, Span.end(span) - Span.start(span));
            kept = Span.end(span);
            lower = kept;
        }
        return (kept == from) ? to : copy(bytes, kept, to, written);
    }

    private int nextAnchor(byte[] bytes, int from, int to) {
        byte[] table = this.anchors;
        int at = from;
        while (at + 3 < to && (table[bytes[at] & 0xff] | table[bytes[at + 1] & 0xff] | table[bytes[at + 2] & 0xff]
                | table[bytes[at + 3] & 0xff]) == 0) {
            at += 4;
        }
        while (at < to && table[bytes[at] & 0xff] == 0) {
            at++;
        }
        return at;
    }

    private long find(byte[] bytes, int lower, int at, int to) {
        return switch (bytes[at]) {
            case ':' -> UrlSecrets.isUrl(bytes, at, to) ? url(bytes, at, to) : keyed(bytes, lower, at, to);
            case '=' -> keyed(bytes, lower, at, to);
            case '@' -> this.addresses.find(bytes, lower, at, to);
            case 'b', 'B' -> this.tokens.bearer(bytes, lower, at, to);
            case 'J' -> this.tokens.jwt(bytes, lower, at, to);
            case 'K' -> this.privateKeys.find(bytes, lower, at, to);
            case '_' -> this.tokens.underscored(bytes, lower, at, to);
            case 'x' -> this.tokens.slack(bytes, lower, at, to);
            case 'I' -> this.tokens.cloudKey(bytes, lower, at, to);
            default -> this.tokens.secretKey(bytes, lower, at, to);
        };
    }

    private long url(byte[] bytes, int at, int to) {
        return this.hasUrls ? this.urls.find(bytes, at, to) : Span.none(at + 3);
    }

    private long keyed(byte[] bytes, int lower, int at, int to) {
        return this.hasKeyed ? this.keyed.find(bytes, lower, at, to) : Span.none(at + 1);
    }

    private static int copy(byte[] bytes, int from, int to, int written) {
        if (from != written) {
            System.arraycopy(bytes, from, bytes, written, to - from);
        }
        return written + to - from;
    }

    private static int stars(byte[] bytes, int at, int length) {
        int count = Math.min(length, Redaction.MASK.length());
        for (int i = at; i < at + count; i++) {
            bytes[i] = '*';
        }
        return at + count;
    }

}
