package io.observability.benchmarks.line;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.FileAppender;
import com.sun.management.OperatingSystemMXBean;
import io.observability.starter.logging.LineAppender;
import io.observability.starter.logging.delivery.DeliverySettings;
import io.observability.starter.logging.delivery.FullPolicy;
import io.observability.starter.logging.delivery.LineDestination;
import io.observability.starter.logging.delivery.RollingFile;
import io.observability.starter.logging.delivery.Rotation;
import io.observability.starter.pipeline.LedgerEntry;
import net.logstash.logback.encoder.LogstashEncoder;
import org.slf4j.LoggerFactory;

/**
 * One measurement of how lines reach their destination, in a process of its own. Prints
 * one line.
 */
public final class DeliveryRun {

    private static final int BURST = 4096;

    private static final int BURSTS = 100;

    private static final long PACE_NANOS = 200_000;

    private static final long STALL_MILLIS = 2000;

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

    private final DeliverySettings settings;

    private DeliveryRun(boolean asynchronous, FullPolicy policy) {
        DeliverySettings defaults = DeliverySettings.defaults();
        // What blocks must not give up: a lossless run is compared.
        Duration wait = (policy == FullPolicy.BLOCK) ? Duration.ofMinutes(1) : defaults.maxWait();
        this.settings = new DeliverySettings(asynchronous, policy, defaults.ringBytes(), wait, defaults.maxErrorWait(),
                Duration.ofMinutes(1));
    }

    /**
     * Measures.
     * @param args what: {@code burst}, {@code fast}, {@code slow}, {@code stalled} or
     * {@code file}; how: {@code sync}, {@code async} or {@code logstash}; the number of
     * threads; for {@code file} the number of lines of a thread
     * @throws Exception if something fails
     */
    public static void main(String[] args) throws Exception {
        boolean asynchronous = args[1].equals("async");
        int threads = Integer.parseInt(args[2]);
        String found = switch (args[0]) {
            case "burst" -> new DeliveryRun(asynchronous, FullPolicy.DROP_DEBUG_FIRST).bursts(threads);
            case "file" -> new DeliveryRun(true, FullPolicy.BLOCK).file(args[1].equals("logstash"), threads,
                    Integer.parseInt(args[3]));
            default -> new DeliveryRun(asynchronous, FullPolicy.DROP_DEBUG_FIRST).paced(args[0], threads);
        };
        System.out.println(args[0] + " | " + args[1] + " | " + threads + " | " + found);
    }

    private String bursts(int threads) throws Exception {
        int lines = BURST / threads;
        LineAppender appender = LogbackBackend.starter(new Sink(""), this.settings);
        attach(appender);
        double[] nanos = new double[BURSTS];
        for (int burst = -BURSTS; burst < BURSTS; burst++) {
            long[] took = together(threads, (calls) -> {
                long start = System.nanoTime();
                for (int i = 0; i < lines; i++) {
                    calls.keyValues();
                }
                return System.nanoTime() - start;
            });
            appender.flush(Duration.ofMinutes(1));
            if (burst >= 0) {
                nanos[burst] = Arrays.stream(took).average().orElseThrow() / lines;
            }
        }
        Arrays.sort(nanos);
        return String.format(Locale.ROOT, "%,.0f ns a call, p90 %,.0f | %s", nanos[BURSTS / 2], nanos[BURSTS * 9 / 10],
                losses(appender));
    }

    private String paced(String sink, int threads) throws Exception {
        LineAppender appender = LogbackBackend.starter(new Sink(""), this.settings);
        attach(appender);
        LogCalls warm = new LogCalls();
        for (int i = 0; i < 200_000; i++) {
            warm.keyValues();
        }
        this.context.reset();
        appender = LogbackBackend.starter(new Sink(sink), this.settings);
        attach(appender);
        int lines = 20_000;
        long[][] took = new long[threads][lines];
        int[] next = new int[1];
        together(threads, (calls) -> {
            long[] own;
            synchronized (next) {
                own = took[next[0]++];
            }
            for (int i = 0; i < lines; i++) {
                long start = System.nanoTime();
                calls.keyValues();
                own[i] = System.nanoTime() - start;
                LockSupport.parkNanos(PACE_NANOS);
            }
            return 0;
        });
        long[] all = Arrays.stream(took).flatMapToLong(Arrays::stream).sorted().toArray();
        appender.flush(Duration.ofMinutes(1));
        return String.format(Locale.ROOT, "p50 %,d ns, p99 %,d ns, max %,d ns | %s", all[all.length / 2],
                all[(int) (all.length * 0.99)], all[all.length - 1], losses(appender));
    }

    // Twice the same, once to warm up: the compiler's time is the process's too, and a
    // virtual machine takes long to give a page of memory out for the first time. The
    // second file takes the pages of the first.
    private String file(boolean logstash, int threads, int lines) throws Exception {
        Path file = Files.createTempDirectory("lines").resolve("app.log");
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long made = (long) threads * lines;
        double processor = 0;
        double wall = 0;
        long missing = 0;
        for (int run = 0; run < 2; run++) {
            attach(logstash ? logstash(file)
                    : LogbackBackend.starter(new RollingFile("file", file, Rotation.none()), this.settings));
            long before = system.getProcessCpuTime();
            long start = System.nanoTime();
            together(threads, (calls) -> {
                for (int i = 0; i < lines; i++) {
                    calls.keyValues();
                }
                return 0;
            });
            this.context.stop();
            processor = (system.getProcessCpuTime() - before) / 1e9;
            wall = (System.nanoTime() - start) / 1e9;
            missing += made - lines(file);
            Files.delete(file);
        }
        Files.delete(file.getParent());
        return String.format(Locale.ROOT, "%,.0f lines per CPU second, %,.0f lines/s | missing on disk: %d",
                made / processor, made / wall, missing);
    }

    private static long lines(Path file) throws IOException {
        long lines = 0;
        byte[] bytes = new byte[64 * 1024];
        try (InputStream stream = Files.newInputStream(file)) {
            for (int read = stream.read(bytes); read >= 0; read = stream.read(bytes)) {
                for (int i = 0; i < read; i++) {
                    lines += (bytes[i] == '\n') ? 1 : 0;
                }
            }
        }
        return lines;
    }

    // A deep queue that lets the caller wait, as whoever must not lose a line sets it up.
    private Appender<ILoggingEvent> logstash(Path file) {
        LogstashEncoder encoder = new LogstashEncoder();
        encoder.setContext(this.context);
        encoder.start();
        FileAppender<ILoggingEvent> target = new FileAppender<>();
        target.setContext(this.context);
        target.setName("FILE");
        target.setFile(file.toString());
        target.setEncoder(encoder);
        target.setImmediateFlush(false);
        target.start();
        AsyncAppender appender = new AsyncAppender();
        appender.setContext(this.context);
        appender.setQueueSize(8192);
        appender.setDiscardingThreshold(0);
        appender.setMaxFlushTime(0);
        appender.addAppender(target);
        return appender;
    }

    private void attach(Appender<ILoggingEvent> appender) {
        this.context.reset();
        appender.setContext(this.context);
        appender.start();
        var root = this.context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(appender);
    }

    private static String losses(LineAppender appender) {
        LedgerEntry entry = appender.deliveries().get(0).ledger();
        String lost = entry.lost()
            .entrySet()
            .stream()
            .filter((reason) -> reason.getValue() > 0)
            .map((reason) -> reason.getKey().id() + " " + reason.getValue())
            .collect(Collectors.joining(", "));
        return "made " + entry.made() + ", written " + entry.written() + ", lost " + (lost.isEmpty() ? "none" : lost);
    }

    private static long[] together(int threads, Work work) throws InterruptedException, ExecutionException {
        ExecutorService producers = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Future<Long>> running = IntStream.range(0, threads).mapToObj((i) -> producers.submit(() -> {
                LogCalls calls = new LogCalls();
                start.await();
                return work.run(calls);
            })).toList();
            long[] results = new long[threads];
            for (int i = 0; i < threads; i++) {
                results[i] = running.get(i).get();
            }
            return results;
        }
        finally {
            producers.shutdown();
        }
    }

    /**
     * What each thread does.
     */
    @FunctionalInterface
    private interface Work {

        long run(LogCalls calls);

    }

    /**
     * A destination that is fast, slow or, once, stalled.
     */
    private static final class Sink implements LineDestination {

        private final LineSink sink = new LineSink();

        private final String behaviour;

        private boolean stalled;

        Sink(String behaviour) {
            this.behaviour = behaviour;
        }

        @Override
        public String name() {
            return "sink";
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            this.sink.write(bytes, offset, length);
            try {
                if (this.behaviour.equals("slow")) {
                    Thread.sleep(2);
                }
                else if (this.behaviour.equals("stalled") && !this.stalled) {
                    this.stalled = true;
                    Thread.sleep(STALL_MILLIS);
                }
            }
            catch (InterruptedException ex) {
                throw new UncheckedIOException(new IOException(ex));
            }
        }

        @Override
        public void close() {
        }

    }

}
