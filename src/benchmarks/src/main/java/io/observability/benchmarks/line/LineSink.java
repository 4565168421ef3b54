package io.observability.benchmarks.line;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where the lines of all rows end: the first and the last byte of each write are touched,
 * all are counted and then forgotten.
 */
class LineSink extends OutputStream {

    private final AtomicLong bytes = new AtomicLong();

    private int touched;

    @Override
    public void write(int b) {
        this.touched += b;
        add(1);
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        if (length > 0) {
            this.touched += source[offset] + source[offset + length - 1];
            add(length);
        }
    }

    /**
     * Take what is in a buffer, direct or not.
     * @param source the buffer
     */
    void write(ByteBuffer source) {
        int length = source.remaining();
        if (length > 0) {
            this.touched += source.get(source.position()) + source.get(source.limit() - 1);
            source.position(source.limit());
            add(length);
        }
    }

    // One thread writes at a time, another one only reads: no fence that would be in the
    // figures.
    private void add(int length) {
        this.bytes.setRelease(this.bytes.getPlain() + length);
    }

    final long bytes() {
        return this.bytes.get();
    }

    final int touched() {
        return this.touched;
    }

}
