package io.observability.promcard;

import java.io.IOException;
import java.io.Reader;

import org.jspecify.annotations.Nullable;

/**
 * Lines of a bounded length, and whether the last one was ended.
 */
final class LineReader {

    private static final int MAX_LINE = 1 << 20;

    private final Reader reader;

    private final char[] buffer = new char[16_384];

    private int position;

    private int limit;

    private long number;

    private boolean ended = true;

    LineReader(Reader reader) {
        this.reader = reader;
    }

    /**
     * Read the next line.
     * @return the line without its end, or {@code null} if there is none
     * @throws CouldNotTellException if it is longer than any line of metrics
     */
    @Nullable String next() throws IOException, CouldNotTellException {
        StringBuilder line = new StringBuilder();
        while (this.position < this.limit || fill()) {
            int start = this.position;
            int end = start;
            while (end < this.limit && this.buffer[end] != '\n') {
                end++;
            }
            line.append(this.buffer, start, end - start);
            if (line.length() > MAX_LINE) {
                throw new CouldNotTellException("Line " + (this.number + 1) + " is longer than " + MAX_LINE
                        + " characters: this is no page of metrics");
            }
            this.position = end + 1;
            if (end < this.limit) {
                this.number++;
                this.ended = true;
                return text(line);
            }
            this.ended = false;
        }
        if (line.isEmpty()) {
            return null;
        }
        this.number++;
        return text(line);
    }

    /**
     * The number of the line that was read last.
     * @return the number, from 1
     */
    long number() {
        return this.number;
    }

    /**
     * Whether the line that was read last had an end.
     * @return whether a line feed followed it
     */
    boolean isEnded() {
        return this.ended;
    }

    private boolean fill() throws IOException {
        this.limit = Math.max(0, this.reader.read(this.buffer));
        this.position = 0;
        return this.limit > 0;
    }

    private static String text(StringBuilder line) {
        int length = line.length();
        return (length > 0 && line.charAt(length - 1) == '\r') ? line.substring(0, length - 1) : line.toString();
    }

}
