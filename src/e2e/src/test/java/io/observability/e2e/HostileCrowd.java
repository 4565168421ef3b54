package io.observability.e2e;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Clients who make up whatever they may: nine requests of ten have a path, a visitor and
 * a host that nobody had before, and each tenth of those a method. The tenth request is
 * one of ten regulars, who ask for what there is. The same requests for the same seed.
 */
final class HostileCrowd implements AutoCloseable {

    static final int REGULARS = 10;

    private static final int CLIENTS = 4;

    private static final String REQUEST = "%s %s HTTP/1.1\r\nHost: %s\r\nX-Visitor: %s\r\nUser-Agent: crowd\r\n\r\n";

    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);

    private final URI shop;

    private final SplittableRandom seeds;

    HostileCrowd(URI shop, long seed) {
        this.shop = shop;
        this.seeds = new SplittableRandom(seed);
    }

    /**
     * Send requests and wait for their answers.
     * @param requests how many
     */
    void send(int requests) throws Exception {
        List<Future<?>> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            SplittableRandom random = this.seeds.split();
            int share = requests / CLIENTS + ((client < requests % CLIENTS) ? 1 : 0);
            clients.add(this.threads.submit(() -> {
                run(random, share);
                return null;
            }));
        }
        for (Future<?> client : clients) {
            try {
                client.get();
            }
            catch (ExecutionException ex) {
                throw new IOException("A client got no answer: " + ex.getCause(), ex.getCause());
            }
        }
    }

    private void run(SplittableRandom random, int requests) throws IOException {
        try (KeptConnection connection = new KeptConnection(this.shop)) {
            for (int i = 0; i < requests; i++) {
                connection.send((random.nextInt(10) == 0) ? regular(random.nextInt(REGULARS)) : hostile(random));
            }
        }
    }

    static String regular(int number) {
        return REQUEST.formatted("GET", "/api/products/1", "shop.example", "regular-" + number);
    }

    private static String hostile(SplittableRandom random) {
        String method = (random.nextInt(10) == 0) ? "M" + word(random).toUpperCase(Locale.ROOT) : "GET";
        return REQUEST.formatted(method, "/api/" + word(random) + "/" + word(random), word(random) + ".example",
                word(random));
    }

    private static String word(SplittableRandom random) {
        return Long.toString(random.nextLong() & Long.MAX_VALUE, 36);
    }

    @Override
    public void close() {
        this.threads.shutdownNow();
    }

}
