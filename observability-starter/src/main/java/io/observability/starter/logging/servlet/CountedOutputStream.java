package io.observability.starter.logging.servlet;

import java.io.IOException;
import java.nio.ByteBuffer;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;

/**
 * Counts what is written to a response. An exception on the way to a socket says that
 * nobody is there to read.
 */
final class CountedOutputStream extends ServletOutputStream {

    private final ServletOutputStream target;

    private final CountedResponse response;

    private long bytes;

    CountedOutputStream(ServletOutputStream target, CountedResponse response) {
        this.target = target;
        this.response = response;
    }

    long bytes() {
        return this.bytes;
    }

    void startAgain() {
        this.bytes = 0;
    }

    @Override
    public void write(int b) throws IOException {
        try {
            this.target.write(b);
            this.bytes++;
        }
        catch (IOException ex) {
            throw gone(ex);
        }
    }

    @Override
    public void write(byte[] b, int offset, int length) throws IOException {
        try {
            this.target.write(b, offset, length);
            this.bytes += length;
        }
        catch (IOException ex) {
            throw gone(ex);
        }
    }

    @Override
    public void write(ByteBuffer buffer) throws IOException {
        int length = buffer.remaining();
        try {
            this.target.write(buffer);
            this.bytes += length;
        }
        catch (IOException ex) {
            throw gone(ex);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            this.target.flush();
        }
        catch (IOException ex) {
            throw gone(ex);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            this.target.close();
        }
        catch (IOException ex) {
            throw gone(ex);
        }
    }

    @Override
    public boolean isReady() {
        return this.target.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        this.target.setWriteListener(listener);
    }

    private IOException gone(IOException ex) {
        this.response.clientGone();
        return ex;
    }

}
