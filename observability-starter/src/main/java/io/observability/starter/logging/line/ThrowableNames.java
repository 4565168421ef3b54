package io.observability.starter.logging.line;

import io.observability.starter.logging.redaction.Redaction;
import org.jspecify.annotations.Nullable;

/**
 * Class names of exceptions, which are written up to three times on a line, with nothing
 * to mask in them. A bounded table without a lock: entries are immutable and the last
 * writer wins.
 */
final class ThrowableNames {

    private static final int SIZE = 256;

    private final @Nullable ThrowableName[] table = new ThrowableName[SIZE];

    private final Redaction redaction;

    ThrowableNames(Redaction redaction) {
        this.redaction = redaction;
    }

    /**
     * Look a name up.
     * @param name the name
     * @return the name as it is written, or {@code null} if it is long or something in it
     * looks like a secret
     */
    @Nullable ThrowableName get(String name) {
        int hash = name.hashCode();
        int slot = (hash ^ (hash >>> 16)) & (SIZE - 1);
        ThrowableName known = this.table[slot];
        return (known != null && name.equals(known.name)) ? known : add(name, slot);
    }

    private @Nullable ThrowableName add(String name, int slot) {
        if (name.length() > LineLimits.CHUNK_CHARS) {
            return null;
        }
        LineBuffer out = new LineBuffer(name.length() + 2);
        if (JsonText.quotedPlain(out, name, this.redaction) != JsonText.WRITTEN) {
            return null;
        }
        ThrowableName made = new ThrowableName(name, out.toByteArray());
        this.table[slot] = made;
        return made;
    }

}
