package io.observability.starter.logging.line;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Growable buffer of bytes that log lines are written into. It may hold several lines.
 * Not thread-safe: one thread owns it at a time.
 *
 * @since 0.1.0
 */
public final class LineBuffer {

    private static final long[] POWERS = new long[19];

    // 00 to 99.
    private static final byte[] PAIRS = new byte[200];

    /** The digits of hexadecimal numbers. */
    static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    static {
        for (int i = 0; i < 100; i++) {
            PAIRS[2 * i] = (byte) ('0' + i / 10);
            PAIRS[2 * i + 1] = (byte) ('0' + i % 10);
        }
        long power = 1;
        for (int i = 0; i < POWERS.length; i++) {
            POWERS[i] = power;
            power *= 10;
        }
    }

    // Read and written by the encoder's inner loops, which keep them in locals.
    byte[] bytes;

    int position;

    // What kinds of characters the last text had, for the redaction to rule kinds out.
    int seen;

    // State of the writer whose lines it holds, kept from line to line.
    @Nullable LineWriting writing;

    /**
     * Create a buffer.
     * @param capacity the bytes it holds before it grows
     */
    public LineBuffer(int capacity) {
        this.bytes = new byte[Math.max(capacity, 64)];
    }

    /**
     * Number of bytes written.
     * @return the number of bytes
     */
    public int length() {
        return this.position;
    }

    /**
     * Bytes that the buffer holds before it grows again.
     * @return the capacity
     */
    public int capacity() {
        return this.bytes.length;
    }

    /**
     * Forget what was written after a mark.
     * @param length the number of bytes to keep, at most {@link #length()}
     */
    public void truncate(int length) {
        if (length < 0 || length > this.position) {
            throw new IllegalArgumentException("Length " + length + " is not from 0 to " + this.position);
        }
        this.position = length;
    }

    /**
     * Copy what was written.
     * @return the bytes written
     */
    public byte[] toByteArray() {
        return Arrays.copyOf(this.bytes, this.position);
    }

    /**
     * Bytes behind the buffer, without a copy: what was written is from 0 to
     * {@link #length()}, until the next write.
     * @return the bytes
     */
    public byte[] array() {
        return this.bytes;
    }

    /**
     * Append bytes as they are.
     * @param source the bytes
     * @param offset the first of them
     * @param length the number of bytes
     */
    public void append(byte[] source, int offset, int length) {
        ensure(length);
        System.arraycopy(source, offset, this.bytes, this.position, length);
        this.position += length;
    }

    /**
     * Write what was written to a stream, in one call.
     * @param stream the stream
     * @throws IOException if the stream fails
     */
    public void writeTo(OutputStream stream) throws IOException {
        stream.write(this.bytes, 0, this.position);
    }

    @Override
    public String toString() {
        return new String(this.bytes, 0, this.position, StandardCharsets.UTF_8);
    }

    void ensure(int more) {
        if (this.bytes.length - this.position < more) {
            grow(more);
        }
    }

    void put(byte value) {
        ensure(1);
        this.bytes[this.position++] = value;
    }

    void put(char ascii) {
        put((byte) ascii);
    }

    void put(byte[] values) {
        ensure(values.length);
        System.arraycopy(values, 0, this.bytes, this.position, values.length);
        this.position += values.length;
    }

    void put(byte[] values, int from, int length) {
        ensure(length);
        System.arraycopy(values, from, this.bytes, this.position, length);
        this.position += length;
    }

    /**
     * Put other bytes in the place of some, and move what follows.
     * @param from the index of the first byte to replace
     * @param to the index after the last one
     * @param values the bytes
     * @param length the number of bytes
     */
    void replace(int from, int to, byte[] values, int length) {
        int more = length - (to - from);
        if (more != 0) {
            ensure(more);
            System.arraycopy(this.bytes, to, this.bytes, to + more, this.position - to);
            this.position += more;
        }
        System.arraycopy(values, 0, this.bytes, from, length);
    }

    /**
     * Write characters that are known to be ASCII and to need no escape.
     * @param ascii the characters
     */
    void putAscii(String ascii) {
        int length = ascii.length();
        ensure(length);
        byte[] target = this.bytes;
        int at = this.position;
        for (int i = 0; i < length; i++) {
            target[at + i] = (byte) ascii.charAt(i);
        }
        this.position = at + length;
    }

    void putDigits(long value, int digits) {
        ensure(digits);
        byte[] target = this.bytes;
        int at = this.position + digits;
        this.position = at;
        long rest = value;
        int left = digits;
        while (left > 8) {
            target[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
            left--;
        }
        // Two at a time, and an int: half the divisions, and cheaper ones.
        int small = (int) rest;
        while (left > 1) {
            int hundredth = small / 100;
            int pair = (small - hundredth * 100) * 2;
            target[--at] = PAIRS[pair + 1];
            target[--at] = PAIRS[pair];
            small = hundredth;
            left -= 2;
        }
        if (left > 0) {
            target[--at] = (byte) ('0' + small);
        }
    }

    void putLong(long value) {
        if (value == Long.MIN_VALUE) {
            putAscii("-9223372036854775808");
            return;
        }
        long rest = value;
        if (rest < 0) {
            put('-');
            rest = -rest;
        }
        int digits = 1;
        while (digits < POWERS.length && rest >= POWERS[digits]) {
            digits++;
        }
        putDigits(rest, digits);
    }

    void putHex(int value) {
        ensure(8);
        for (int shift = 28; shift >= 0; shift -= 4) {
            this.bytes[this.position++] = HEX[(value >>> shift) & 0xf];
        }
    }

    private void grow(int more) {
        this.bytes = Arrays.copyOf(this.bytes, Math.max(this.bytes.length * 2, this.position + more));
    }

}
