package io.observability.starter.logging.line;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Everything that follows from the key of a caller's field, found out once. Immutable.
 */
final class LineKey {

    /** Key as the caller gave it. */
    final @Nullable String key;

    /** Name that it gets on a line where nobody else has it. */
    final String name;

    /** Comma, name and colon as they are written. */
    final byte[] member;

    /** Whether it stands in the object that takes the caller's fields. */
    final boolean inside;

    /** Whether the name is another one because the line itself owns the key. */
    final boolean renamed;

    /** Whether its value is never shown. */
    final boolean masked;

    LineKey(@Nullable String key, String name, boolean inside, boolean renamed, boolean masked) {
        this.key = key;
        this.name = name;
        this.member = member(name);
        this.inside = inside;
        this.renamed = renamed;
        this.masked = masked;
    }

    static byte[] member(String name) {
        LineBuffer out = new LineBuffer(name.length() + 8);
        out.put(',');
        JsonText.quoted(out, name, LineLimits.NAME * 2);
        out.put(':');
        return out.toByteArray();
    }

    @Override
    public String toString() {
        return new String(this.member, StandardCharsets.UTF_8);
    }

}
