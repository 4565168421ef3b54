package io.observability.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.observability.benchmarks.service.ServiceMeasurement;
import io.observability.benchmarks.service.ServiceVariant;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares whole services, each variant in a process of its own, asked over loopback. All
 * run at the same time, and one after the other is asked for about a second, so that a
 * machine that changes its speed changes it for all. Ends within ten minutes.
 */
public final class ServiceLauncher {

    private static final int ROUNDS = 10;

    private static final List<String> OPTIONS = List.of("-Xms256m", "-Xmx256m", "-XX:+UseG1GC");

    // The compilers go on for as long: what they cost is not the cost of a request.
    private static final Effort MEASURED = new Effort(3, 400_000, Duration.ofSeconds(25), 10_000, 200, OPTIONS);

    private static final Effort SMOKE = new Effort(1, 10, Duration.ofSeconds(10), 20, 2,
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));

    private final Effort effort;

    private final ArrayNode samples = JsonNodeFactory.instance.arrayNode();

    private ServiceLauncher(Effort effort) {
        this.effort = effort;
    }

    /**
     * Measures and writes the results file.
     * @param args how many rounds, 10 unless given; names of variants, all unless given,
     * separated by commas
     * @throws IOException if a service fails or the results can't be written
     */
    public static void main(String[] args) throws IOException {
        int rounds = (args.length > 0) ? Integer.parseInt(args[0]) : ROUNDS;
        List<ServiceVariant> variants = (args.length > 1)
                ? Arrays.stream(args[1].split(",")).map(ServiceVariant::valueOf).toList()
                : List.of(ServiceVariant.values());
        RunConditions before = RunConditions.now();
        ServiceLauncher launcher = new ServiceLauncher(MEASURED);
        launcher.measure(variants, rounds);
        ResultsFile.write(Layout.results("service"), before, modules(variants), launcher.samples);
    }

    /**
     * Shows in seconds that the comparison runs; its figures mean nothing.
     * @param variants what to run
     * @return the samples
     * @throws IOException if a service fails
     */
    static ArrayNode smoke(List<ServiceVariant> variants) throws IOException {
        ServiceLauncher launcher = new ServiceLauncher(SMOKE);
        launcher.measure(variants, 1);
        return launcher.samples;
    }

    private void measure(List<ServiceVariant> variants, int rounds) throws IOException {
        for (int i = 1; i < this.effort.starts(); i++) {
            for (ServiceVariant variant : variants) {
                try (ServiceMeasurement service = start(variant)) {
                    add(variant, service.start());
                }
            }
        }
        List<ServiceMeasurement> services = new ArrayList<>();
        try {
            for (ServiceVariant variant : variants) {
                ServiceMeasurement service = start(variant);
                services.add(service);
                add(variant, service.start());
                service.load(this.effort.warmUpRequests(), this.effort.warmUpTime());
            }
            for (int round = 0; round < rounds; round++) {
                for (ServiceMeasurement service : services) {
                    add(service.variant(), service.load(this.effort.requests(), this.effort.warmUpTime()));
                }
            }
            for (ServiceMeasurement service : services) {
                add(service.variant(), service.scrape(this.effort.scrapes()));
                add(service.variant(), service.end());
            }
        }
        finally {
            for (ServiceMeasurement service : services) {
                service.close();
            }
        }
    }

    private ServiceMeasurement start(ServiceVariant variant) throws IOException {
        return new ServiceMeasurement(variant, Layout.classPath(variant.module()), this.effort.options());
    }

    private void add(ServiceVariant variant, Map<String, Double> figures) {
        if (figures.isEmpty()) {
            return;
        }
        ObjectNode sample = this.samples.addObject().put("variant", variant.name());
        new TreeMap<>(figures).forEach(sample::put);
        System.out.println(sample);
    }

    static Set<String> modules(List<ServiceVariant> variants) {
        return variants.stream().map(ServiceVariant::module).collect(Collectors.toSet());
    }

    private record Effort(int starts, long warmUpRequests, Duration warmUpTime, long requests, int scrapes,
            List<String> options) {
    }

}
