package io.observability.starter.metrics;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The body of a scrape while it grows, as the bytes that are sent. What was written can
 * be written again and taken back. Not thread-safe.
 */
final class ScrapeText extends OutputStream {

    private static final int SMALLEST = 8 * 1024;

    private static final int OVERSIZE = 8;

    /** Whole numbers below this are written without an exponent. */
    private static final double PLAIN = 1e7;

    private static final int LONGEST_NUMBER = 20;

    private byte[] bytes;

    private int size;

    ScrapeText(int capacity) {
        this.bytes = new byte[Math.max(SMALLEST, capacity)];
    }

    int size() {
        return this.size;
    }

    int capacity() {
        return this.bytes.length;
    }

    /**
     * Whether it once held far more than now.
     * @return whether it is better made anew
     */
    boolean isOversized() {
        return this.bytes.length > SMALLEST && this.bytes.length / OVERSIZE > this.size;
    }

    /**
     * Take back what was written last.
     * @param size the size to go back to
     */
    void truncate(int size) {
        this.size = size;
    }

    byte[] since(int start) {
        return Arrays.copyOfRange(this.bytes, start, this.size);
    }

    byte[] toByteArray() {
        return Arrays.copyOf(this.bytes, this.size);
    }

    /**
     * Hand the text on.
     * @param out where to
     * @throws IOException if that fails
     */
    void writeTo(OutputStream out) throws IOException {
        out.write(this.bytes, 0, this.size);
    }

    @Override
    public void write(int b) {
        ensure(1);
        this.bytes[this.size++] = (byte) b;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        ensure(length);
        System.arraycopy(source, offset, this.bytes, this.size, length);
        this.size += length;
    }

    /**
     * Write again what stands somewhere.
     * @param from where it begins
     * @param length how long it is
     */
    void again(int from, int length) {
        ensure(length);
        System.arraycopy(this.bytes, from, this.bytes, this.size, length);
        this.size += length;
    }

    /**
     * Write characters of ASCII.
     * @param text them
     */
    @SuppressWarnings("deprecation") // The one way to copy them without an array between.
    void ascii(String text) {
        int length = text.length();
        ensure(length);
        text.getBytes(0, length, this.bytes, this.size);
        this.size += length;
    }

    /**
     * Write any text with backslash and line feed escaped.
     * @param text the text
     * @param quotes whether to escape quotes as well
     */
    void escaped(String text, boolean quotes) {
        int length = text.length();
        ensure(2 * length);
        byte[] bytes = this.bytes;
        int size = this.size;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                this.size = size;
                escapedUtf8(text, i, quotes);
                return;
            }
            if (c == '\\' || c == '\n' || (c == '"' && quotes)) {
                bytes[size++] = '\\';
                c = (c == '\n') ? 'n' : c;
            }
            bytes[size++] = (byte) c;
        }
        this.size = size;
    }

    // No byte of a character outside of ASCII looks like one that is escaped.
    private void escapedUtf8(String text, int from, boolean quotes) {
        for (byte b : text.substring(from).getBytes(StandardCharsets.UTF_8)) {
            if (b == '\\' || b == '\n' || (b == '"' && quotes)) {
                write('\\');
                b = (b == '\n') ? (byte) 'n' : b;
            }
            write(b);
        }
    }

    void number(long value) {
        if (value < 0) {
            ascii(Long.toString(value));
            return;
        }
        ensure(LONGEST_NUMBER);
        int end = this.size + digits(value);
        int place = end;
        long rest = value;
        do {
            this.bytes[--place] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        while (rest != 0);
        this.size = end;
    }

    private static int digits(long value) {
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        return digits;
    }

    /**
     * Write a number as {@link Double#toString(double)} does, infinity in the way of
     * Prometheus.
     * @param value the number
     */
    void number(double value) {
        if (value < PLAIN && value == (int) value && Double.doubleToRawLongBits(value) >= 0) {
            number((long) value);
            ascii(".0");
        }
        else if (Double.isInfinite(value)) {
            ascii((value > 0) ? "+Inf" : "-Inf");
        }
        else {
            ascii(Double.toString(value));
        }
    }

    /**
     * Write a time in seconds.
     * @param millis milliseconds since the epoch
     */
    void seconds(long millis) {
        number(millis / 1000);
        write('.');
        long rest = millis % 1000;
        if (rest < 100) {
            write('0');
        }
        if (rest < 10) {
            write('0');
        }
        number(rest);
    }

    private void ensure(int more) {
        if (more > this.bytes.length - this.size) {
            grow(more);
        }
    }

    private void grow(int more) {
        long needed = (long) this.size + more;
        if (needed > Integer.MAX_VALUE - 8) {
            throw new IllegalStateException("A scrape of more than 2 GiB");
        }
        this.bytes = Arrays.copyOf(this.bytes,
                (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * this.bytes.length)));
    }

}
