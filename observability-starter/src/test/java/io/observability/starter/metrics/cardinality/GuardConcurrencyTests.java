package io.observability.starter.metrics.cardinality;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.RepeatedTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Writers that look meters up, and writers that hold them, while the values that are
 * frequent change all the time.
 */
class GuardConcurrencyTests {

    private static final int LIMIT = 8;

    private static final int THREADS = 4;

    private static final int EVENTS = 20_000;

    private final SimpleMeterRegistry leaf = new SimpleMeterRegistry();

    private final CompositeMeterRegistry composite = new CompositeMeterRegistry();

    private final CardinalityGuard guard = new CardinalityGuard(new CardinalityLimits(LIMIT, 2000, 2000, List.of()));

    private final Set<Counter> all = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

    // Twice in the build; the loop of fifty is run by hand.
    @RepeatedTest(2)
    void noEventIsLostAndNoneIsCountedTwice() throws Exception {
        this.guard.install(this.leaf);
        this.guard.install(this.composite);
        this.composite.add(this.leaf);
        this.leaf.config().onMeterAdded((meter) -> this.all.add((Counter) meter));
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
        try {
            List<Future<?>> writers = IntStream.range(0, THREADS)
                .<Future<?>>mapToObj((thread) -> threads.submit(() -> write(thread, start)))
                .toList();
            Future<?> reviewer = threads.submit(() -> {
                while (!over.get()) {
                    this.guard.review();
                }
            });
            start.countDown();
            for (Future<?> writer : writers) {
                writer.get(60, TimeUnit.SECONDS);
            }
            over.set(true);
            reviewer.get(60, TimeUnit.SECONDS);
        }
        finally {
            threads.shutdownNow();
        }
        this.guard.review();
        this.guard.review();
        MeterCardinality orders = this.guard.report().get(0);
        // A series for each value that has its own, and the one of the others.
        assertThat(this.leaf.find("orders").meters()).hasSizeLessThanOrEqualTo(LIMIT + 1);
        assertThat(orders.tags().get(0).kept()).isLessThanOrEqualTo(LIMIT);
        // What was written after a series had ended is there twice, and was moved once.
        long moved = this.guard.meter(this.leaf.find("orders").meter().getId()).tag("user").overflow().moved();
        assertThat(written() - moved).isEqualTo(THREADS * EVENTS);
    }

    private double written() {
        return this.all.stream().mapToDouble(Counter::count).sum();
    }

    private void write(int thread, CountDownLatch start) {
        Random random = new Random(thread);
        try {
            start.await();
        }
        catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
        Counter held = null;
        for (int i = 0; i < EVENTS; i++) {
            int era = i / 500;
            String user = "user-" + ((random.nextInt(100) < 70) ? era % 16 : random.nextInt(1000));
            if (held == null || random.nextInt(8) == 0) {
                held = this.composite.counter("orders", "user", user);
                held.increment();
            }
            else if (random.nextBoolean()) {
                held.increment();
            }
            else {
                this.composite.counter("orders", "user", user).increment();
            }
        }
    }

}
