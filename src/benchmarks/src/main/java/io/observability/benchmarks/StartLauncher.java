package io.observability.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

import io.observability.benchmarks.service.ServiceMeasurement;
import io.observability.benchmarks.service.ServiceVariant;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Compares how long services take to their first answer: as they come, and with the
 * archive that the JDK can make of a start: of classes by JDK 17, an AOT cache by JDK 25.
 * A round is one start of each.
 */
public final class StartLauncher {

    private static final int ROUNDS = 5;

    private static final List<String> OPTIONS = List.of("-Xms256m", "-Xmx256m", "-XX:+UseG1GC");

    private static final List<ServiceVariant> VARIANTS = List.of(ServiceVariant.BARE, ServiceVariant.ACTUATOR,
            ServiceVariant.STOCK_10, ServiceVariant.STARTER);

    private static final int AOT_CACHE = 25;

    private final ArrayNode samples = JsonNodeFactory.instance.arrayNode();

    private StartLauncher() {
    }

    /**
     * Measures and writes the results file.
     * @param args how many rounds, 5 unless given
     * @throws IOException if a service fails or the results can't be written
     */
    public static void main(String[] args) throws IOException {
        int rounds = (args.length > 0) ? Integer.parseInt(args[0]) : ROUNDS;
        RunConditions before = RunConditions.now();
        StartLauncher launcher = new StartLauncher();
        launcher.measure(rounds);
        String name = isAotCache() ? "start-25" : "start";
        ResultsFile.write(Layout.results(name), before, ServiceLauncher.modules(VARIANTS), launcher.samples);
    }

    static boolean isAotCache() {
        return Runtime.version().feature() >= AOT_CACHE;
    }

    private void measure(int rounds) throws IOException {
        Path directory = Files.createTempDirectory("archives");
        Path jar = jar(directory.resolve("service.jar"));
        Map<ServiceVariant, Path> archives = new EnumMap<>(ServiceVariant.class);
        for (ServiceVariant variant : VARIANTS) {
            Path archive = directory.resolve(variant.name());
            start(variant, jar,
                    List.of((isAotCache() ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + archive));
            archives.put(variant, archive);
        }
        for (int round = 0; round < rounds; round++) {
            for (ServiceVariant variant : VARIANTS) {
                add(variant, false, start(variant, jar, List.of()));
                add(variant, true, start(variant, jar,
                        List.of((isAotCache() ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + archives.get(variant))));
            }
        }
        for (Path archive : archives.values()) {
            Files.deleteIfExists(archive);
        }
        Files.deleteIfExists(jar);
        Files.deleteIfExists(directory);
    }

    // The JDK archives no classes of a folder.
    private static Path jar(Path jar) throws IOException {
        Path classes = Layout.module().resolve("target/classes");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
        return jar;
    }

    private static double start(ServiceVariant variant, Path jar, List<String> more) throws IOException {
        List<String> options = new ArrayList<>(OPTIONS);
        options.addAll(more);
        try (ServiceMeasurement service = new ServiceMeasurement(variant, jar + libraries(variant), options)) {
            return service.start().getOrDefault("startMillis", Double.NaN);
        }
    }

    private static String libraries(ServiceVariant variant) {
        String classPath = Layout.classPath(variant.module());
        return classPath.substring(classPath.indexOf(System.getProperty("path.separator")));
    }

    private void add(ServiceVariant variant, boolean archive, double millis) {
        this.samples.addObject().put("variant", variant.name()).put("archive", archive).put("startMillis", millis);
        System.out.println(this.samples.get(this.samples.size() - 1));
    }

}
