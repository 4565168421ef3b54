package io.observability.e2e;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks for one path at fixed times, whether or not the answers before have come: a probe
 * does not wait for the one before it, and a slow answer must not make for fewer
 * questions. What is not answered in time counts with that time.
 */
final class Probing implements AutoCloseable {

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor((task) -> {
        Thread thread = new Thread(task, "probing");
        thread.setDaemon(true);
        return thread;
    });

    private final ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();

    private final ConcurrentLinkedQueue<CompletableFuture<?>> pending = new ConcurrentLinkedQueue<>();

    private final AtomicInteger unanswered = new AtomicInteger();

    private final Duration patience;

    private Probing(Duration patience) {
        this.patience = patience;
    }

    /**
     * Begin.
     * @param uri what to ask for
     * @param every time from one question to the next
     * @param patience how long to wait for an answer
     * @return the probing, to be closed before it is asked
     */
    static Probing of(URI uri, Duration every, Duration patience) {
        Probing probing = new Probing(patience);
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(patience).build();
        probing.clock.scheduleAtFixedRate(() -> probing.ask(request), 0, every.toNanos(), TimeUnit.NANOSECONDS);
        return probing;
    }

    private void ask(HttpRequest request) {
        long start = System.nanoTime();
        this.pending.add(this.client.sendAsync(request, BodyHandlers.discarding()).handle((answer, failure) -> {
            if (failure != null) {
                this.unanswered.incrementAndGet();
            }
            this.latencies.add((failure != null) ? this.patience.toNanos() : System.nanoTime() - start);
            return null;
        }));
    }

    @Override
    public void close() throws InterruptedException {
        this.clock.shutdownNow();
        this.clock.awaitTermination(10, TimeUnit.SECONDS);
        CompletableFuture.allOf(this.pending.toArray(CompletableFuture[]::new)).join();
    }

    int asked() {
        return this.latencies.size();
    }

    int unanswered() {
        return this.unanswered.get();
    }

    /**
     * A quantile of the latencies.
     * @param quantile from 0 to 1, which is the slowest
     * @return the latency in milliseconds
     */
    double millis(double quantile) {
        List<Long> sorted = new ArrayList<>(this.latencies);
        Collections.sort(sorted);
        int index = (int) Math.min(sorted.size() - 1, Math.floor(quantile * sorted.size()));
        return sorted.get(index) / 1e6;
    }

}
