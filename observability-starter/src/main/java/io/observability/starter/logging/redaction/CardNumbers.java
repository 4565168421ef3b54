package io.observability.starter.logging.redaction;

import java.util.concurrent.atomic.LongAdder;

/**
 * Finds numbers of payment cards: 13 to 19 digits, in one run or in the groups that stand
 * on the card, that begin like those of a known issuer and have the right check digit.
 * Only every 13th byte is looked at, as by Boyer and Moore: a card can't hide between.
 * <p>
 * Times in milli-, micro- and nanoseconds and most generated ids have 13 to 19 digits as
 * well. They begin with 1 until 2033, as no card does.
 */
final class CardNumbers {

    private static final int MIN = 13;

    private static final int MAX = 19;

    private static final int KEPT = 4;

    // Half of what is left of the shortest number beside the byte that is looked at: one
    // of the two sides has at least so many.
    private static final int SIDE = (MIN - 1) / 2;

    // 1 for what may stand in a number.
    private static final byte[] INSIDE = new byte[256];

    static {
        for (int c = '0'; c <= '9'; c++) {
            INSIDE[c] = 1;
        }
        INSIDE[' '] = 1;
        INSIDE['-'] = 1;
    }

    private final LongAdder count;

    CardNumbers(LongAdder count) {
        this.count = count;
    }

    /**
     * Find the next card number.
     * @param bytes the buffer
     * @param lower the index before which nothing is read
     * @param from the index to look from
     * @param to the end of the text
     * @return the span of all its digits but the last four
     */
    long next(byte[] bytes, int lower, int from, int to) {
        int probe = from + MIN - 1;
        int least = from;
        while (probe < to) {
            if (INSIDE[bytes[probe] & 0xff] == 0 || !mayBeInside(bytes, probe, to)
                    || !isInside(bytes, least, probe, to)) {
                probe += MIN;
                continue;
            }
            int start = probe;
            while (start > least && isInside(bytes, least, start - 1, to)) {
                start--;
            }
            int end = probe + 1;
            while (end < to && isInside(bytes, least, end, to)) {
                end++;
            }
            int kept = keptFrom(bytes, start, end);
            if (kept > 0 && standsAlone(bytes, lower, start, end, to)) {
                this.count.increment();
                return Span.of(start, kept);
            }
            least = end;
            probe = end + MIN - 1;
        }
        return Span.none(to);
    }

    // Without a branch for each byte: the digits of hexadecimal ids come in an order that
    // no processor can foretell.
    private static boolean mayBeInside(byte[] bytes, int probe, int to) {
        int left = 1;
        for (int i = probe - SIDE; i < probe; i++) {
            left &= INSIDE[bytes[i] & 0xff];
        }
        if (left != 0 || probe + SIDE >= to) {
            return left != 0;
        }
        int right = 1;
        for (int i = probe + 1; i <= probe + SIDE; i++) {
            right &= INSIDE[bytes[i] & 0xff];
        }
        return right != 0;
    }

    // A digit, or a single separator between two.
    private static boolean isInside(byte[] bytes, int lower, int at, int to) {
        byte value = bytes[at];
        if (EscapedText.isDigit(value)) {
            return true;
        }
        return (value == ' ' || value == '-') && at > lower && at + 1 < to && EscapedText.isDigit(bytes[at - 1])
                && EscapedText.isDigit(bytes[at + 1]);
    }

    private static boolean standsAlone(byte[] bytes, int lower, int start, int end, int to) {
        if (!EscapedText.isWordStart(bytes, lower, start)
                || (start - 1 > lower && isJoint(bytes[start - 1]) && EscapedText.isDigit(bytes[start - 2]))) {
            return false;
        }
        if (end == to) {
            return true;
        }
        byte after = bytes[end];
        return !EscapedText.isAlphanumeric(after) && after != '_' && after >= 0
                && !(isJoint(after) && end + 1 < to && EscapedText.isAlphanumeric(bytes[end + 1]));
    }

    // A fraction, or an id of several parts.
    private static boolean isJoint(byte value) {
        return value == '.' || value == '-' || value == ':';
    }

    // The index of the fourth digit from the end, or 0 if this is no card.
    private static int keptFrom(byte[] bytes, int start, int end) {
        int length = end - start;
        if (length < MIN || length > MAX + 4) {
            return 0;
        }
        int digits = 0;
        int sum = 0;
        int kept = 0;
        for (int i = end - 1; i >= start; i--) {
            if (EscapedText.isDigit(bytes[i])) {
                int digit = bytes[i] - '0';
                int weighed = ((digits & 1) == 0) ? digit : digit * 2 - ((digit > 4) ? 9 : 0);
                sum += weighed;
                if (++digits == KEPT) {
                    kept = i;
                }
            }
        }
        boolean card = digits >= MIN && digits <= MAX && sum % 10 == 0 && isIssued(first(bytes, start), digits)
                && (digits == length || isGrouped(bytes, start, length, digits));
        return card ? kept : 0;
    }

    private static int first(byte[] bytes, int start) {
        int value = 0;
        int digits = 0;
        for (int i = start; digits < 4; i++) {
            if (EscapedText.isDigit(bytes[i])) {
                value = value * 10 + bytes[i] - '0';
                digits++;
            }
        }
        return value;
    }

    // Ranges of issuer numbers (ISO/IEC 7812) by their first four digits.
    private static boolean isIssued(int first, int digits) {
        int two = first / 100;
        return switch (digits) {
            case 13 -> first / 1000 == 4;
            case 14 -> two == 36 || two == 38 || two == 39 || (first >= 3000 && first <= 3059);
            case 15 -> two == 34 || two == 37;
            case 16 -> first / 1000 == 4 || (two >= 50 && two <= 69) || (first >= 2221 && first <= 2720)
                    || (first >= 3528 && first <= 3589);
            // So long are cards of Maestro and UnionPay, and generated numbers far more
            // often.
            default -> two == 62 || first == 5018 || first == 5020 || first == 5038 || first == 5893 || first == 6304
                    || (first >= 6759 && first <= 6763);
        };
    }

    // 4-4-4-4, 4-4-4-4-3, 4-6-5 and 4-6-4, with the same separator throughout.
    private static boolean isGrouped(byte[] bytes, int start, int length, int digits) {
        int step = (digits <= 15) ? 7 : 5;
        byte separator = bytes[start + 4];
        int separators = 0;
        for (int i = start + 4; i < start + length; i += step) {
            if (EscapedText.isDigit(bytes[i]) || bytes[i] != separator) {
                return false;
            }
            separators++;
        }
        return length - digits == separators && digits != 13 && digits != 17 && digits != 18;
    }

}
