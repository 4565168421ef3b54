package io.observability.promcard;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream that fails where it is longer than anything sensible, packed or not.
 */
final class BoundedStream extends FilterInputStream {

    private long left;

    BoundedStream(InputStream stream, long limit) {
        super(stream);
        this.left = limit;
    }

    @Override
    public int read() throws IOException {
        int value = this.in.read();
        count((value < 0) ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = this.in.read(bytes, offset, length);
        count(Math.max(0, count));
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(int bytes) throws AnswerTooLargeException {
        this.left -= bytes;
        if (this.left < 0) {
            throw new AnswerTooLargeException();
        }
    }

    /**
     * The stream is longer than its bound.
     */
    static final class AnswerTooLargeException extends IOException {

    }

}
