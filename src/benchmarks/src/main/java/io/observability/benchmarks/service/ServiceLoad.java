package io.observability.benchmarks.service;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Kept connections, each of which asks again as soon as it was answered, driven by one
 * thread: it takes little of the processors that the service wants.
 */
final class ServiceLoad implements AutoCloseable {

    private static final ByteBuffer REQUEST = ByteBuffer
        .wrap("GET /hello/7 HTTP/1.1\r\nHost: localhost\r\nUser-Agent: load\r\nAccept: */*\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII))
        .asReadOnlyBuffer();

    private final Selector selector = Selector.open();

    private final List<SocketChannel> channels = new ArrayList<>();

    ServiceLoad(int port, int connections) throws IOException {
        for (int i = 0; i < connections; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(this.selector, SelectionKey.OP_READ, new HttpAnswer());
            this.channels.add(channel);
        }
    }

    /**
     * Send requests until there were enough of them or time is over.
     * @param most how many at most
     * @param time how long at most
     * @return how many were answered
     * @throws IOException if one is not answered with 200
     */
    long send(long most, Duration time) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        long sent = 0;
        long answered = 0;
        for (SocketChannel channel : this.channels) {
            ask(channel);
            sent++;
        }
        while (answered < sent) {
            if (this.selector.select(10_000) == 0) {
                throw new IOException("The service does not answer");
            }
            boolean more = System.nanoTime() < end;
            for (SelectionKey key : this.selector.selectedKeys()) {
                SocketChannel channel = (SocketChannel) key.channel();
                if (!answered(channel, (HttpAnswer) key.attachment())) {
                    continue;
                }
                answered++;
                if (more && sent < most) {
                    ask(channel);
                    sent++;
                }
            }
            this.selector.selectedKeys().clear();
        }
        return answered;
    }

    // So short a request always finds room.
    private static void ask(SocketChannel channel) throws IOException {
        ByteBuffer request = REQUEST.duplicate();
        while (request.hasRemaining()) {
            channel.write(request);
        }
    }

    private static boolean answered(SocketChannel channel, HttpAnswer answer) throws IOException {
        if (channel.read(answer.bytes()) < 0) {
            throw new EOFException("The service closed a connection");
        }
        return answer.isWhole();
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : this.channels) {
            channel.close();
        }
        this.selector.close();
    }

}
