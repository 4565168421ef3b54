package io.observability.starter.metrics.cardinality;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.config.MeterFilter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * When the guard has a thread, and what it does then.
 */
class GuardThreadTests extends GuardedOrders {

    private static final Duration LONG = Duration.ofHours(1);

    private static final Duration SHORT = Duration.ofMillis(10);

    private final Set<Thread> before = ConcurrentHashMap.newKeySet();

    private final CardinalityGuard guard = guard(10);

    @BeforeEach
    void install() {
        this.before.addAll(Thread.getAllStackTraces().keySet());
        this.guard.install(this.registry);
    }

    @AfterEach
    void stop() {
        this.guard.close();
    }

    @Test
    void belowItsLimitsAServiceHasNoThread() {
        this.guard.addListener((meter, tag) -> {
        });
        this.guard.start(SHORT);
        orders(4);
        for (int i = 0; i < 100; i++) {
            this.registry.counter("counter-" + i, "kind", "one").increment();
        }
        this.registry.remove(this.registry.get("orders").tag("user", "user-0").counter());
        assertThat(threads()).isEmpty();
    }

    @Test
    void oneThatFoldsHasOneThreadThatTellsAndReviews() {
        AtomicInteger told = new AtomicInteger();
        this.guard.addListener((meter, tag) -> told.incrementAndGet());
        this.guard.start(SHORT);
        orders(11);
        await().untilAsserted(() -> {
            for (int i = 0; i < 50; i++) {
                order("hot");
            }
            assertThat(values(this.registry, "user")).contains("hot");
        });
        assertThat(told).hasValue(1);
        assertThat(threads()).hasSize(1);
    }

    @Test
    void placesOfRefusedMetersAreGivenBackBeforeTheLastOneIsTaken() {
        this.registry.config().meterFilter(MeterFilter.deny((id) -> "refused".equals(id.getTag("kind"))));
        this.guard.start(SHORT);
        for (int i = 0; i < 5; i++) {
            this.registry.counter("orders", "user", "refused-" + i, "kind", "refused");
        }
        order("user-0");
        await().until(() -> this.guard.report().get(0).tags().stream().allMatch((tag) -> tag.kept() <= 1));
        orders(10);
        assertThat(values(this.registry, "user")).hasSize(10).doesNotContain(OTHER);
    }

    @Test
    void namesOfMetersThatAreGoneMakeRoomBeforeThereIsNone() {
        CardinalityGuard few = new CardinalityGuard(new CardinalityLimits(10, 100, 100, List.of()));
        few.install(this.registry);
        few.start(SHORT);
        try {
            List<Counter> gone = IntStream.range(0, 50).mapToObj((i) -> this.registry.counter("gone-" + i)).toList();
            gone.forEach(this.registry::remove);
            await()
                .untilAsserted(() -> assertThat(gone).allMatch((counter) -> few.knownMeter(counter.getId()) == null));
        }
        finally {
            few.close();
        }
    }

    @Test
    void whatIsFoldedBeforeTheStartIsToldAfterIt() {
        orders(11);
        Set<String> told = ConcurrentHashMap.newKeySet();
        this.guard.addListener((meter, tag) -> told.add(meter));
        assertThat(threads()).isEmpty();
        this.guard.start(LONG);
        await().untilAsserted(() -> assertThat(told).containsExactly("orders"));
    }

    @Test
    void afterAStopThereIsNoThreadUntilTheNextStart() {
        AtomicInteger told = new AtomicInteger();
        this.guard.addListener((meter, tag) -> told.incrementAndGet());
        this.guard.start(LONG);
        orders(11);
        await().until(() -> told.get() == 1);
        this.guard.stop();
        await().untilAsserted(() -> assertThat(threads()).isEmpty());
        this.registry.counter("visits", "user", "one").increment();
        for (int i = 0; i < 11; i++) {
            this.registry.counter("visits", "user", "user-" + i).increment();
        }
        assertThat(threads()).isEmpty();
        this.guard.start(LONG);
        await().until(() -> told.get() == 2);
        assertThat(threads()).hasSize(1);
    }

    @Test
    void noTaskIsLostBetweenStopAndStart() throws InterruptedException {
        GuardTasks tasks = new GuardTasks(() -> {
        });
        int threads = 4;
        int each = 500;
        AtomicInteger done = new AtomicInteger();
        CountDownLatch running = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            new Thread(() -> {
                for (int task = 0; task < each; task++) {
                    tasks.add(done::incrementAndGet);
                }
                running.countDown();
            }).start();
        }
        while (running.getCount() > 0) {
            tasks.start(LONG);
            tasks.stop();
        }
        running.await();
        tasks.start(LONG);
        await().until(() -> done.get() == threads * each);
        tasks.stop();
    }

    private void orders(int users) {
        for (int i = 0; i < users; i++) {
            order("user-" + i);
        }
    }

    private List<Thread> threads() {
        return Thread.getAllStackTraces()
            .keySet()
            .stream()
            .filter((thread) -> thread.getName().equals("observability-cardinality") && !this.before.contains(thread))
            .toList();
    }

}
