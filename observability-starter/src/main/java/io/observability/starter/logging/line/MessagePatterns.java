package io.observability.starter.logging.line;

import io.observability.starter.logging.redaction.Redaction;
import org.jspecify.annotations.Nullable;

/**
 * The patterns that were seen lately. A bounded table without a lock: entries are
 * immutable, the last writer wins. A pattern gets a place when it is seen again, so that
 * messages that somebody puts together himself, each another one, take none.
 */
final class MessagePatterns {

    private static final int SIZE = 512;

    private static final int MAX_CHARS = 512;

    private final @Nullable MessagePattern[] table = new MessagePattern[SIZE];

    private final int[] seenOnce = new int[SIZE];

    private final Redaction redaction;

    MessagePatterns(Redaction redaction) {
        this.redaction = redaction;
    }

    /**
     * Look a pattern up.
     * @param pattern the pattern of a message with arguments
     * @return its parts, or {@code null} if it is to be formatted piece by piece
     */
    @Nullable MessagePattern get(String pattern) {
        int hash = pattern.hashCode();
        int slot = (hash ^ (hash >>> 16)) & (SIZE - 1);
        MessagePattern known = this.table[slot];
        return (known != null && pattern.equals(known.pattern)) ? known : add(pattern, hash, slot);
    }

    private @Nullable MessagePattern add(String pattern, int hash, int slot) {
        if (pattern.length() > MAX_CHARS) {
            return null;
        }
        if (this.seenOnce[slot] != hash) {
            this.seenOnce[slot] = hash;
            return null;
        }
        MessagePattern parts = MessagePattern.of(pattern, this.redaction);
        this.table[slot] = parts;
        return parts;
    }

}
