package io.observability.benchmarks.service;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A running service that is asked, and what that costs its process. Not thread-safe.
 */
public final class ServiceMeasurement implements AutoCloseable {

    private static final double MEGABYTE = 1024 * 1024;

    private static final int CONNECTIONS = 8;

    private final ServiceVariant variant;

    private final TraceSink sink = new TraceSink();

    private final ServiceProcess service;

    private long answered = 1;

    /**
     * Start a service.
     * @param variant what it has
     * @param classPath the class path of the variant
     * @param options options of its JVM
     * @throws IOException if the service does not start
     */
    public ServiceMeasurement(ServiceVariant variant, String classPath, List<String> options) throws IOException {
        this.variant = variant;
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        try {
            this.service = ServiceProcess.start(variant.command(java, classPath, options, this.sink.url()));
        }
        catch (IOException | RuntimeException ex) {
            this.sink.close();
            throw ex;
        }
    }

    /**
     * What the service has.
     * @return the variant
     */
    public ServiceVariant variant() {
        return this.variant;
    }

    /**
     * What the start took.
     * @return figures by name
     * @throws IOException if the service has ended
     */
    public Map<String, Double> start() throws IOException {
        return Map.of("startMillis", this.service.startMillis(), "startResidentMegabytes",
                this.service.residentBytes() / MEGABYTE);
    }

    /**
     * Ask for a while.
     * @param requests how often
     * @param atMost how long at most; what was answered until then counts
     * @return what it cost for each request, by name
     * @throws IOException if the service fails
     */
    public Map<String, Double> load(long requests, Duration atMost) throws IOException {
        try (ServiceLoad load = new ServiceLoad(this.service.port(), CONNECTIONS)) {
            long[] before = this.service.cost();
            long start = System.nanoTime();
            long now = load.send(requests, atMost);
            double seconds = (System.nanoTime() - start) / 1e9;
            long[] after = this.service.cost();
            this.answered += now;
            return Map.of("processorMicros", (after[0] - before[0]) / 1e3 / now, "bytes",
                    (double) (after[1] - before[1]) / now, "requestsPerSecond", now / seconds);
        }
    }

    /**
     * Scrape the service, half of the times to get warm.
     * @param times how often
     * @return what a scrape costs, by name; nothing if the service can't be scraped
     * @throws IOException if the service fails
     */
    public Map<String, Double> scrape(int times) throws IOException {
        String path = this.variant.scrape();
        if (path == null) {
            return Map.of();
        }
        String body = this.service.get(path);
        long[] before = this.service.cost();
        for (int i = 0; i < times; i++) {
            if (i == times / 2) {
                before = this.service.cost();
            }
            this.service.get(path);
        }
        long[] after = this.service.cost();
        int measured = times - times / 2;
        return Map.of("scrapeMicros", (after[0] - before[0]) / 1e3 / measured, "scrapeBytes",
                (double) (after[1] - before[1]) / measured, "scrapeSeries",
                (double) body.lines().filter((line) -> !line.isEmpty() && !line.startsWith("#")).count());
    }

    /**
     * End the service.
     * @return what it had in the end, by name
     * @throws IOException if the service has ended before
     */
    public Map<String, Double> end() throws IOException {
        double resident = this.service.residentBytes() / MEGABYTE;
        long[] memory = this.service.memory();
        // The last spans leave when the service ends.
        this.service.close();
        return Map.of("residentMegabytes", resident, "liveMegabytes", memory[0] / MEGABYTE, "threads",
                (double) memory[1], "spans", (double) this.sink.takeSpans() / this.answered);
    }

    @Override
    public void close() throws IOException {
        try (this.sink) {
            this.service.close();
        }
    }

}
