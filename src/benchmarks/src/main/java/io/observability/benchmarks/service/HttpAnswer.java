package io.observability.benchmarks.service;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The answers of one connection, one after the other, each known by its end. Not
 * thread-safe.
 */
final class HttpAnswer {

    private static final String OK = "HTTP/1.1 200";

    private static final String LENGTH = "content-length:";

    private final ByteBuffer bytes = ByteBuffer.allocate(16 * 1024);

    // Where the answer ends, once its head was read and if that says so.
    private int end = -1;

    private boolean chunked;

    ByteBuffer bytes() {
        return this.bytes;
    }

    /**
     * Whether the answer is there; if it is, the next one may come.
     * @return whether nothing is missing
     * @throws IOException if it is not an answer with status 200
     */
    boolean isWhole() throws IOException {
        if (this.end < 0 && !this.chunked) {
            readHead();
        }
        int size = this.bytes.position();
        boolean whole = this.chunked ? endsWithLastChunk(size) : this.end >= 0 && size >= this.end;
        if (whole) {
            this.bytes.clear();
            this.end = -1;
            this.chunked = false;
        }
        else if (!this.bytes.hasRemaining()) {
            throw new IOException("An answer is longer than " + this.bytes.capacity() + " bytes");
        }
        return whole;
    }

    private void readHead() throws IOException {
        int size = this.bytes.position();
        byte[] array = this.bytes.array();
        for (int i = 3; i < size; i++) {
            if (array[i] == '\n' && array[i - 1] == '\r' && array[i - 2] == '\n') {
                readHead(new String(array, 0, i + 1, StandardCharsets.US_ASCII), i + 1);
                return;
            }
        }
    }

    private void readHead(String head, int length) throws IOException {
        if (!head.startsWith(OK)) {
            throw new IOException("Not answered with 200: " + head);
        }
        String lower = head.toLowerCase(Locale.ROOT);
        int at = lower.indexOf(LENGTH);
        if (at >= 0) {
            int from = at + LENGTH.length();
            this.end = length + Integer.parseInt(head.substring(from, head.indexOf('\r', from)).strip());
        }
        else {
            this.chunked = true;
        }
    }

    private boolean endsWithLastChunk(int size) {
        byte[] array = this.bytes.array();
        return size >= 5 && array[size - 5] == '0' && array[size - 4] == '\r' && array[size - 3] == '\n'
                && array[size - 2] == '\r' && array[size - 1] == '\n';
    }

}
