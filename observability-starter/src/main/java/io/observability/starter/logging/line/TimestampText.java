package io.observability.starter.logging.line;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Writes an instant, as ISO 8601 in UTC with microseconds or as nanoseconds since 1970.
 * The text up to the second is kept from line to line. Thread-safe: the second is
 * immutable, and the last writer wins.
 */
final class TimestampText {

    private static final long MILLIS_A_SECOND = 1000;

    // 9999-12-31T23:59:59.999Z; beyond, the year has a sign and five digits.
    private static final long LAST = 253_402_300_799_999L;

    private static final DateTimeFormatter TO_THE_SECOND = DateTimeFormatter
        .ofPattern("uuuu-MM-dd'T'HH:mm:ss.", Locale.ROOT)
        .withZone(ZoneOffset.UTC);

    private final InstantFormat format;

    private volatile @Nullable Second second;

    TimestampText(InstantFormat format) {
        this.format = format;
    }

    void append(LineBuffer out, long epochMillis, int nanos) {
        int millis = (int) Math.floorMod(epochMillis, MILLIS_A_SECOND);
        // An event that only has milliseconds must not get the microseconds of another.
        int exact = (nanos / 1_000_000 == millis) ? nanos : millis * 1_000_000;
        if (this.format == InstantFormat.EPOCH_NANOS) {
            out.putLong(Math.max(0, epochMillis) / MILLIS_A_SECOND);
            out.putDigits(exact, 9);
            return;
        }
        if (epochMillis < 0 || epochMillis > LAST) {
            out.putAscii(Instant.ofEpochMilli(epochMillis).toString());
            return;
        }
        long epochSecond = epochMillis / MILLIS_A_SECOND;
        Second current = this.second;
        if (current == null || current.epochSecond != epochSecond) {
            current = new Second(epochSecond);
            this.second = current;
        }
        out.put(current.text);
        out.putDigits(exact / 1000, 6);
        out.put('Z');
    }

    private static final class Second {

        private final long epochSecond;

        private final byte[] text;

        Second(long epochSecond) {
            this.epochSecond = epochSecond;
            this.text = TO_THE_SECOND.format(Instant.ofEpochSecond(epochSecond)).getBytes(StandardCharsets.US_ASCII);
        }

    }

}
