package io.observability.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.awaitility.Awaitility;

/**
 * Customers who come one after the other while something is wrong, and how long they have
 * to wait. Every other one asks for what fails, so that an error is logged.
 */
final class Visitors implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int ENOUGH = 20;

    private static final String[] PATHS = { "/api/products?category=polo", "/api/orders/unknown" };

    private final HttpClient client = HttpClient.newHttpClient();

    private final URI shop;

    private final Thread thread = new Thread(this::visit, "visitors");

    private volatile long slowest;

    private volatile int answered;

    private volatile int unanswered;

    private volatile boolean closed;

    private Visitors(URI shop) {
        this.shop = shop;
        this.thread.setDaemon(true);
    }

    static Visitors of(LoggedShop shop) throws Exception {
        shop.begin("errors", "{\"path\":\"/api/orders\",\"duration\":\"10m\"}");
        Visitors visitors = new Visitors(shop.url());
        visitors.thread.start();
        return visitors;
    }

    private void visit() {
        for (int number = 0; !this.closed; number++) {
            long start = System.nanoTime();
            try {
                this.client.send(HttpRequest.newBuilder(this.shop.resolve(PATHS[number % PATHS.length]))
                    .timeout(PATIENCE)
                    .build(), BodyHandlers.discarding());
                this.answered = this.answered + 1;
            }
            catch (IOException ex) {
                this.unanswered = this.unanswered + 1;
            }
            catch (InterruptedException ex) {
                return;
            }
            this.slowest = Math.max(this.slowest, System.nanoTime() - start);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /**
     * Wait until enough have come to tell how they fare, and let no more come.
     */
    void finish() {
        Awaitility.await("visitors")
            .atMost(Duration.ofMinutes(1))
            .until(() -> this.answered + this.unanswered > ENOUGH);
        close();
    }

    int answered() {
        return this.answered;
    }

    int unanswered() {
        return this.unanswered;
    }

    Duration slowest() {
        return Duration.ofNanos(this.slowest);
    }

    @Override
    public void close() {
        this.closed = true;
        this.thread.interrupt();
    }

    @Override
    public String toString() {
        return "%d requests answered, %d not, slowest %d ms".formatted(this.answered, this.unanswered,
                slowest().toMillis());
    }

}
