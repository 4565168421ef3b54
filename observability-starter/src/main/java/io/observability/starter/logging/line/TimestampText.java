package io.observability.starter.logging.line;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Writes an instant as ISO 8601 in UTC with microseconds. The text up to the minute is
 * kept from line to line. Thread-safe: the minute is immutable, and the last writer wins.
 */
final class TimestampText {

    private static final long MILLIS_A_MINUTE = 60_000;

    // 9999-12-31T23:59:59.999Z; beyond, the year has a sign and five digits.
    private static final long LAST = 253_402_300_799_999L;

    private static final DateTimeFormatter TO_THE_MINUTE = DateTimeFormatter
        .ofPattern("uuuu-MM-dd'T'HH:mm:", Locale.ROOT)
        .withZone(ZoneOffset.UTC);

    private volatile @Nullable Minute minute;

    void append(LineBuffer out, long epochMillis, int nanos) {
        if (epochMillis < 0 || epochMillis > LAST) {
            out.putAscii(Instant.ofEpochMilli(epochMillis).toString());
            return;
        }
        long epochMinute = epochMillis / MILLIS_A_MINUTE;
        Minute current = this.minute;
        if (current == null || current.epochMinute != epochMinute) {
            current = new Minute(epochMinute);
            this.minute = current;
        }
        out.putAscii(current.text);
        int millis = (int) (epochMillis % MILLIS_A_MINUTE);
        out.putDigits(millis / 1000, 2);
        out.put('.');
        // An event that only has milliseconds must not get the microseconds of another.
        boolean exact = nanos / 1_000_000 == millis % 1000;
        out.putDigits(exact ? nanos / 1000 : (millis % 1000) * 1000L, 6);
        out.put('Z');
    }

    private static final class Minute {

        private final long epochMinute;

        private final String text;

        Minute(long epochMinute) {
            this.epochMinute = epochMinute;
            this.text = TO_THE_MINUTE.format(Instant.ofEpochMilli(epochMinute * MILLIS_A_MINUTE));
        }

    }

}
