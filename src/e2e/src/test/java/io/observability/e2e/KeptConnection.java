package io.observability.e2e;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One connection that is kept for one request after the other, each written as it stands:
 * with any method, host and header, which a well-behaved client would refuse to send.
 */
final class KeptConnection implements AutoCloseable {

    private static final int PATIENCE = 20_000;

    private final URI server;

    private Socket socket;

    private InputStream input;

    KeptConnection(URI server) {
        this.server = server;
    }

    /**
     * Send a request and read its answer to the end.
     * @param request the request with its blank line
     * @return the status of the answer
     */
    int send(String request) throws IOException {
        if (this.socket == null) {
            this.socket = new Socket(this.server.getHost(), this.server.getPort());
            this.socket.setTcpNoDelay(true);
            this.socket.setSoTimeout(PATIENCE);
            this.input = new BufferedInputStream(this.socket.getInputStream());
        }
        this.socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        String status = line();
        int length = 0;
        boolean chunked = false;
        boolean last = false;
        for (String header = line().toLowerCase(Locale.ROOT); !header.isEmpty(); header = line()
            .toLowerCase(Locale.ROOT)) {
            if (header.startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).trim());
            }
            chunked |= header.startsWith("transfer-encoding:") && header.contains("chunked");
            last |= header.startsWith("connection:") && header.contains("close");
        }
        if (chunked) {
            skipChunks();
        }
        else {
            this.input.skipNBytes(length);
        }
        if (last) {
            close();
        }
        return Integer.parseInt(status.substring(9, 12));
    }

    private void skipChunks() throws IOException {
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            this.input.skipNBytes(size);
            line();
        }
        line();
    }

    private String line() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream(64);
        for (int c = this.input.read(); c != '\n'; c = this.input.read()) {
            if (c < 0) {
                throw new EOFException("The connection ended");
            }
            if (c != '\r') {
                text.write(c);
            }
        }
        return text.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        if (this.socket != null) {
            this.socket.close();
            this.socket = null;
        }
    }

}
