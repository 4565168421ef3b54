package io.observability.promcard;

import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;

/**
 * Pulls values out of a JSON text as it comes. Just what the answers of Prometheus need:
 * nothing is kept, and what is not asked for is skipped.
 */
final class JsonReader {

    private static final int MAX_DEPTH = 64;

    private static final int MAX_STRING = 1 << 20;

    private static final int NONE = -2;

    private final Reader reader;

    private final char[] buffer = new char[16_384];

    private int position;

    private int limit;

    private int pushedBack = NONE;

    JsonReader(Reader reader) {
        this.reader = reader;
    }

    /**
     * Read an object.
     * @param member takes each name and reads, or skips, its value
     */
    void readObject(Member member) throws IOException, CouldNotTellException {
        expect('{');
        if (next('}')) {
            return;
        }
        do {
            String name = readString();
            expect(':');
            member.read(name);
        }
        while (next(','));
        expect('}');
    }

    /**
     * Read an array.
     * @param element reads, or skips, each element
     */
    void readArray(Element element) throws IOException, CouldNotTellException {
        expect('[');
        if (next(']')) {
            return;
        }
        do {
            element.read();
        }
        while (next(','));
        expect(']');
    }

    String readString() throws IOException {
        expect('"');
        StringBuilder text = new StringBuilder();
        for (int c = read(); c != '"'; c = read()) {
            if (c < ' ') {
                throw malformed(c);
            }
            text.append((c == '\\') ? readEscaped() : (char) c);
            if (text.length() > MAX_STRING) {
                throw new MalformedJsonException("a text of more than " + MAX_STRING + " characters");
            }
        }
        return text.toString();
    }

    boolean isArray() throws IOException {
        return ahead() == '[';
    }

    boolean isObject() throws IOException {
        return ahead() == '{';
    }

    boolean isString() throws IOException {
        return ahead() == '"';
    }

    void skip() throws IOException, CouldNotTellException {
        skip(0);
    }

    /**
     * Check that nothing follows.
     */
    void end() throws IOException {
        int c = readVisible();
        if (c >= 0) {
            throw malformed(c);
        }
    }

    private void skip(int depth) throws IOException, CouldNotTellException {
        if (depth > MAX_DEPTH) {
            throw new MalformedJsonException("more than " + MAX_DEPTH + " levels");
        }
        switch (ahead()) {
            case '{' -> readObject((name) -> skip(depth + 1));
            case '[' -> readArray(() -> skip(depth + 1));
            case '"' -> readString();
            default -> skipWord();
        }
    }

    private void skipWord() throws IOException {
        int length = 0;
        int c = readVisible();
        while (c >= 0 && (Character.isLetterOrDigit(c) || c == '-' || c == '+' || c == '.')) {
            length++;
            c = read0();
        }
        this.pushedBack = c;
        if (length == 0) {
            throw malformed(c);
        }
    }

    private char readEscaped() throws IOException {
        int c = read();
        return switch (c) {
            case '"', '\\', '/' -> (char) c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> (char) (hex() << 12 | hex() << 8 | hex() << 4 | hex());
            default -> throw malformed(c);
        };
    }

    private int hex() throws IOException {
        int c = read();
        int digit = Character.digit(c, 16);
        if (digit < 0 || c > 'f') {
            throw malformed(c);
        }
        return digit;
    }

    private void expect(char wanted) throws IOException {
        int c = readVisible();
        if (c != wanted) {
            throw malformed(c);
        }
    }

    private boolean next(char wanted) throws IOException {
        if (ahead() != wanted) {
            return false;
        }
        this.pushedBack = NONE;
        return true;
    }

    private int ahead() throws IOException {
        int c = readVisible();
        this.pushedBack = c;
        return c;
    }

    private int readVisible() throws IOException {
        int c = read0();
        while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            c = read0();
        }
        return c;
    }

    private int read() throws IOException {
        int c = read0();
        if (c < 0) {
            throw malformed(c);
        }
        return c;
    }

    private int read0() throws IOException {
        if (this.pushedBack != NONE) {
            int c = this.pushedBack;
            this.pushedBack = NONE;
            return c;
        }
        if (this.position == this.limit) {
            this.limit = this.reader.read(this.buffer);
            this.position = 0;
            if (this.limit <= 0) {
                this.limit = 0;
                return -1;
            }
        }
        return this.buffer[this.position++];
    }

    private static IOException malformed(int c) {
        return (c < 0) ? new EOFException("it ends in the middle")
                : new MalformedJsonException("unexpected '" + TerminalText.of(Character.toString(c), 10) + "'");
    }

    /**
     * Reads one member of an object.
     */
    @FunctionalInterface
    interface Member {

        void read(String name) throws IOException, CouldNotTellException;

    }

    /**
     * Reads one element of an array.
     */
    @FunctionalInterface
    interface Element {

        void read() throws IOException, CouldNotTellException;

    }

    /**
     * The text is no JSON.
     */
    static final class MalformedJsonException extends IOException {

        MalformedJsonException(String message) {
            super(message);
        }

    }

}
