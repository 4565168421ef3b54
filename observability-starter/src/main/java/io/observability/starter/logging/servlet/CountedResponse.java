package io.observability.starter.logging.servlet;

import java.io.IOException;
import java.io.PrintWriter;

import io.observability.starter.logging.access.AccessOutcome;
import io.observability.starter.logging.access.AccessRecord;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A response that knows how many bytes were written, and whether the client was still
 * there to take them. What goes through a writer is not counted: it would take a second
 * encoder.
 */
final class CountedResponse extends HttpServletResponseWrapper {

    private static final String CONTENT_LENGTH = "Content-Length";

    private final AccessRecord accessRecord;

    private @Nullable CountedOutputStream stream;

    private boolean writer;

    private boolean unknownBody;

    CountedResponse(HttpServletResponse response, AccessRecord accessRecord) {
        super(response);
        this.accessRecord = accessRecord;
    }

    AccessRecord accessRecord() {
        return this.accessRecord;
    }

    /**
     * Bytes of the body.
     * @return the bytes, or {@link AccessRecord#UNKNOWN}
     */
    long bytes() {
        if (this.unknownBody) {
            return AccessRecord.UNKNOWN;
        }
        CountedOutputStream counted = this.stream;
        if (counted != null) {
            return counted.bytes();
        }
        String length = getHeader(CONTENT_LENGTH);
        if (length != null) {
            return parse(length);
        }
        return this.writer ? AccessRecord.UNKNOWN : 0;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        CountedOutputStream counted = this.stream;
        if (counted == null) {
            counted = new CountedOutputStream(super.getOutputStream(), this);
            this.stream = counted;
        }
        return counted;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        this.writer = true;
        return super.getWriter();
    }

    @Override
    public void flushBuffer() throws IOException {
        try {
            super.flushBuffer();
        }
        catch (IOException ex) {
            clientGone();
            throw ex;
        }
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        startAgain();
    }

    @Override
    public void reset() {
        super.reset();
        startAgain();
    }

    private void startAgain() {
        CountedOutputStream counted = this.stream;
        if (counted != null) {
            counted.startAgain();
        }
    }

    // The error's page is written by the container, past this response.

    @Override
    public void sendError(int status) throws IOException {
        this.unknownBody = true;
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        this.unknownBody = true;
        super.sendError(status, message);
    }

    void clientGone() {
        this.accessRecord.outcome(AccessOutcome.CLIENT_GONE);
    }

    void bodyUnknown() {
        this.unknownBody = true;
    }

    private static long parse(String length) {
        try {
            return Long.parseLong(length);
        }
        catch (NumberFormatException ex) {
            return AccessRecord.UNKNOWN;
        }
    }

}
