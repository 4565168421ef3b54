package io.observability.benchmarks.service;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.GZIPInputStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Takes what services export by OTLP over HTTP, counts the spans and forgets all else.
 */
final class TraceSink implements AutoCloseable {

    private final LongAdder spans = new LongAdder();

    private final HttpServer server;

    TraceSink() throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        this.server.createContext("/", this::take);
        this.server.start();
    }

    String url() {
        return "http://127.0.0.1:" + this.server.getAddress().getPort();
    }

    /**
     * Spans that came since the last time.
     * @return how many
     */
    long takeSpans() {
        return this.spans.sumThenReset();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange; InputStream body = exchange.getRequestBody()) {
            boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            byte[] message = (zipped ? new GZIPInputStream(body) : body).readAllBytes();
            if (exchange.getRequestURI().getPath().endsWith("/v1/traces")) {
                this.spans.add(new Message(message).spans(0, message.length, 0));
            }
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    @Override
    public void close() {
        this.server.stop(0);
    }

    /**
     * A request for export in protobuf, of which only the spans are of interest: field 2
     * of field 2 of field 1.
     */
    private static final class Message {

        private static final int[] PATH = { 1, 2, 2 };

        private final byte[] bytes;

        private int position;

        Message(byte[] bytes) {
            this.bytes = bytes;
        }

        int spans(int from, int to, int depth) {
            this.position = from;
            int found = 0;
            while (this.position < to) {
                long tag = number();
                int kind = (int) (tag & 7);
                int length = switch (kind) {
                    case 0 -> {
                        number();
                        yield 0;
                    }
                    case 1 -> 8;
                    case 2 -> (int) number();
                    case 5 -> 4;
                    default -> throw new IllegalArgumentException("Not protobuf: wire type " + kind);
                };
                int end = this.position + length;
                if (kind == 2 && tag >>> 3 == PATH[depth]) {
                    found += (depth == PATH.length - 1) ? 1 : spans(this.position, end, depth + 1);
                }
                this.position = end;
            }
            return found;
        }

        private long number() {
            long value = 0;
            for (int shift = 0;; shift += 7) {
                byte next = this.bytes[this.position++];
                value |= (long) (next & 0x7f) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        }

    }

}
