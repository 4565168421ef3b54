package io.observability.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.observability.benchmarks.service.ServiceMeasurement;
import io.observability.benchmarks.service.ServiceVariant;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares whole services: each variant in a process of its own, asked over loopback. A
 * round is one process of each, so that a machine that changes its speed changes it for
 * all. No round begins that would end after ten minutes.
 */
public final class ServiceLauncher {

    private static final int ROUNDS = 5;

    private static final Duration AT_MOST = Duration.ofMinutes(10);

    private static final List<String> OPTIONS = List.of("-Xms256m", "-Xmx256m", "-XX:+UseG1GC");

    private static final ServiceMeasurement MEASURED = new ServiceMeasurement(200_000, 100_000, 100,
            Duration.ofSeconds(10));

    private final ArrayNode samples = JsonNodeFactory.instance.arrayNode();

    private ServiceLauncher() {
    }

    /**
     * Measures and writes the results file, anew after each round.
     * @param args how many rounds, 5 unless given; names of variants, all unless given,
     * separated by commas
     * @throws IOException if a service fails or the results can't be written
     */
    public static void main(String[] args) throws IOException {
        int rounds = (args.length > 0) ? Integer.parseInt(args[0]) : ROUNDS;
        List<ServiceVariant> variants = (args.length > 1)
                ? Arrays.stream(args[1].split(",")).map(ServiceVariant::valueOf).toList()
                : List.of(ServiceVariant.values());
        RunConditions before = RunConditions.now();
        ServiceLauncher launcher = new ServiceLauncher();
        long start = System.nanoTime();
        for (int round = 0; round < rounds; round++) {
            long begun = System.nanoTime();
            launcher.measure(variants, MEASURED, OPTIONS);
            ResultsFile.write(Layout.results("service"), before, modules(variants), launcher.samples);
            long now = System.nanoTime();
            if (now - start + (now - begun) > AT_MOST.toNanos()) {
                return;
            }
        }
    }

    /**
     * Shows in seconds that the comparison runs; its figures mean nothing.
     * @param variants what to run
     * @return one sample for each
     * @throws IOException if a service fails
     */
    static ArrayNode smoke(List<ServiceVariant> variants) throws IOException {
        ServiceLauncher launcher = new ServiceLauncher();
        launcher.measure(variants, new ServiceMeasurement(10, 20, 1, Duration.ofSeconds(10)),
                List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        return launcher.samples;
    }

    private void measure(List<ServiceVariant> variants, ServiceMeasurement measurement, List<String> options)
            throws IOException {
        for (ServiceVariant variant : variants) {
            Map<String, Double> figures = measurement.measure(variant, Layout.classPath(variant.module()), options);
            ObjectNode sample = this.samples.addObject().put("variant", variant.name());
            figures.forEach(sample::put);
            System.out.println(sample);
        }
    }

    static Set<String> modules(List<ServiceVariant> variants) {
        return variants.stream().map(ServiceVariant::module).collect(Collectors.toSet());
    }

}
