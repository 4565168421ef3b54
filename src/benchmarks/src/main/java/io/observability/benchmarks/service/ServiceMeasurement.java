package io.observability.benchmarks.service;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Starts a service, asks it, and says what that cost the service's process.
 */
public final class ServiceMeasurement {

    private static final double MEGABYTE = 1024 * 1024;

    private static final int CONNECTIONS = 8;

    private final long warmUpRequests;

    private final long requests;

    private final int scrapes;

    private final Duration atMost;

    /**
     * Create a measurement.
     * @param warmUpRequests requests before the measured ones
     * @param requests measured requests
     * @param scrapes measured scrapes
     * @param atMost how long each of them may take; what was answered until then counts
     */
    public ServiceMeasurement(long warmUpRequests, long requests, int scrapes, Duration atMost) {
        this.warmUpRequests = warmUpRequests;
        this.requests = requests;
        this.scrapes = scrapes;
        this.atMost = atMost;
    }

    /**
     * Measure a service.
     * @param variant what it has
     * @param classPath the class path of the variant
     * @param options options of its JVM
     * @return figures by name
     * @throws IOException if the service fails
     */
    public Map<String, Double> measure(ServiceVariant variant, String classPath, List<String> options)
            throws IOException {
        Map<String, Double> figures = new LinkedHashMap<>();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        long answered;
        try (TraceSink sink = new TraceSink()) {
            try (ServiceProcess service = ServiceProcess.start(variant.command(java, classPath, options, sink.url()))) {
                figures.put("startMillis", service.startMillis());
                figures.put("startResidentMegabytes", service.residentBytes() / MEGABYTE);
                answered = load(service, figures);
                if (variant.scrape() != null) {
                    scrape(service, variant.scrape(), figures);
                }
                figures.put("residentMegabytes", service.residentBytes() / MEGABYTE);
                long[] memory = service.memory();
                figures.put("liveMegabytes", memory[0] / MEGABYTE);
                figures.put("threads", (double) memory[1]);
            }
            // The last ones leave when the service ends.
            figures.put("spans", (double) sink.takeSpans() / answered);
        }
        return figures;
    }

    private long load(ServiceProcess service, Map<String, Double> figures) throws IOException {
        try (ServiceLoad load = new ServiceLoad(service.port(), CONNECTIONS)) {
            long warmUp = load.send(this.warmUpRequests, this.atMost);
            long[] before = service.cost();
            long start = System.nanoTime();
            long answered = load.send(this.requests, this.atMost);
            double seconds = (System.nanoTime() - start) / 1e9;
            long[] after = service.cost();
            figures.put("processorMicros", (after[0] - before[0]) / 1e3 / answered);
            figures.put("bytes", (double) (after[1] - before[1]) / answered);
            figures.put("requestsPerSecond", answered / seconds);
            return warmUp + answered + 1;
        }
    }

    private void scrape(ServiceProcess service, String path, Map<String, Double> figures) throws IOException {
        String body = service.get(path);
        for (int i = 0; i < this.scrapes; i++) {
            service.get(path);
        }
        long[] before = service.cost();
        for (int i = 0; i < this.scrapes; i++) {
            service.get(path);
        }
        long[] after = service.cost();
        figures.put("scrapeMicros", (after[0] - before[0]) / 1e3 / this.scrapes);
        figures.put("scrapeBytes", (double) (after[1] - before[1]) / this.scrapes);
        figures.put("scrapeSeries",
                (double) body.lines().filter((line) -> !line.isEmpty() && !line.startsWith("#")).count());
    }

}
