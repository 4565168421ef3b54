package io.observability.promcard;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A body that is read as it comes, and no longer than until a deadline: the time-out of
 * an {@code HttpRequest} ends with its headers. One batch of buffers is under way at a
 * time.
 */
final class TimedBody extends InputStream implements BodySubscriber<InputStream> {

    private static final List<ByteBuffer> END = List.of();

    private final BlockingQueue<List<ByteBuffer>> arrived = new LinkedBlockingQueue<>();

    private final Deque<ByteBuffer> current = new ArrayDeque<>();

    private final long deadline;

    private volatile Flow.@Nullable Subscription subscription;

    private volatile @Nullable Throwable failure;

    private boolean ended;

    /**
     * Create a body.
     * @param deadline when to give up, as {@link System#nanoTime()} counts
     */
    TimedBody(long deadline) {
        this.deadline = deadline;
    }

    @Override
    public CompletionStage<InputStream> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        // An empty list would be taken for the end.
        this.arrived.add(buffers.isEmpty() ? List.of(ByteBuffer.allocate(0)) : buffers);
    }

    @Override
    public void onError(Throwable failure) {
        this.failure = failure;
        this.arrived.add(END);
    }

    @Override
    public void onComplete() {
        this.arrived.add(END);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            ByteBuffer buffer = this.current.peek();
            if (buffer == null) {
                if (this.ended || !fetch()) {
                    return -1;
                }
            }
            else if (buffer.hasRemaining()) {
                int count = Math.min(length, buffer.remaining());
                buffer.get(bytes, offset, count);
                return count;
            }
            else {
                this.current.remove();
            }
        }
    }

    @Override
    public void close() {
        Flow.Subscription current = this.subscription;
        if (current != null) {
            current.cancel();
        }
    }

    private boolean fetch() throws IOException {
        List<ByteBuffer> next = await();
        if (next == END) {
            this.ended = true;
            Throwable cause = this.failure;
            if (cause != null) {
                throw new IOException(cause.getMessage(), cause);
            }
            return false;
        }
        this.current.addAll(next);
        Flow.Subscription more = this.subscription;
        if (more != null) {
            more.request(1);
        }
        return true;
    }

    private List<ByteBuffer> await() throws IOException {
        try {
            List<ByteBuffer> next = this.arrived.poll(this.deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                throw new HttpTimeoutException("the answer did not end in time");
            }
            return next;
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", ex);
        }
    }

}
