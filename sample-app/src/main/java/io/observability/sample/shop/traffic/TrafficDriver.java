package io.observability.sample.shop.traffic;

import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.web.client.RestClientException;

/**
 * Sends made-up customers to the shop, at random times around a mean rate. Never more
 * than a few at once: when the shop is slow, customers stay away. Begins after the web
 * server and ends before it.
 */
final class TrafficDriver implements SmartLifecycle {

    private static final Logger LOGGER = LoggerFactory.getLogger(TrafficDriver.class);

    private static final int MAX_AT_ONCE = 16;

    private static final double MAX_PAUSE_SECONDS = 60;

    private final Supplier<Customer> customers;

    private final double rate;

    private final Random random;

    private final AtomicInteger numbers = new AtomicInteger();

    private @Nullable ExecutorService visitors;

    private @Nullable Thread pacer;

    TrafficDriver(Supplier<Customer> customers, double rate, Random random) {
        this.customers = customers;
        this.rate = rate;
        this.random = random;
    }

    @Override
    public synchronized void start() {
        if (this.pacer != null) {
            return;
        }
        ThreadFactory threads = (task) -> {
            Thread thread = new Thread(task, "traffic-" + this.numbers.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        ExecutorService executor = new ThreadPoolExecutor(0, MAX_AT_ONCE, 10, TimeUnit.SECONDS,
                new SynchronousQueue<>(), threads);
        Customer customer = this.customers.get();
        Thread thread = threads.newThread(() -> pace(executor, customer));
        thread.start();
        this.visitors = executor;
        this.pacer = thread;
        LOGGER.info("Made-up customers come, {} requests a second", this.rate);
    }

    @Override
    public synchronized void stop() {
        Thread thread = this.pacer;
        ExecutorService executor = this.visitors;
        if (thread == null || executor == null) {
            return;
        }
        thread.interrupt();
        executor.shutdown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(1));
            if (!executor.awaitTermination(2, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        }
        catch (InterruptedException ex) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
        this.pacer = null;
        this.visitors = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return this.pacer != null;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    private void pace(ExecutorService executor, Customer customer) {
        while (!Thread.currentThread().isInterrupted()) {
            // Arrivals that do not know of each other: exponential gaps.
            double pause = Math.min(-Math.log(1 - this.random.nextDouble()) / this.rate, MAX_PAUSE_SECONDS);
            LockSupport.parkNanos((long) (pause * TimeUnit.SECONDS.toNanos(1)));
            Visit visit = Visit.next(this.random);
            Random own = new Random(this.random.nextLong());
            try {
                executor.execute(() -> visit(customer, visit, own));
            }
            catch (RejectedExecutionException ex) {
                LOGGER.debug("The shop is slow, a customer stays away");
            }
        }
    }

    private static void visit(Customer customer, Visit visit, Random random) {
        try {
            customer.make(visit, random);
        }
        catch (RestClientException ex) {
            LOGGER.debug("A customer got no answer: {}", ex.getMessage());
        }
    }

}
