package io.observability.benchmarks.service;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a service can be observed with: a class path, which a module of this build
 * declares, and the settings that its documentation asks for.
 */
public enum ServiceVariant {

    /** The service and Spring Boot's text log. */
    BARE("bare", "the service alone, text log", null, ""),

    /** The least that Spring Boot can be asked for. */
    ACTUATOR("actuator", "and Actuator with Prometheus", "/actuator/prometheus", Settings.ACTUATOR),

    /** Spring Boot's own observability, one request in ten. */
    STOCK_10("stock", "Spring Boot's OpenTelemetry starter, ECS lines, 10 % sampled", "/actuator/prometheus",
            Settings.STOCK + "0.1" + Settings.ECS),

    /** The same with each request sampled and exported. */
    STOCK_100("stock", "the same, all sampled and exported", "/actuator/prometheus",
            Settings.STOCK + "1.0" + Settings.ECS),

    /** The same with the lines that most services write. */
    STOCK_LOGSTASH("stock-logstash", "the same, with logstash-logback-encoder", "/actuator/prometheus",
            Settings.STOCK + "1.0 "
                    + "--logging.config=classpath:io/observability/benchmarks/service/logback-logstash.xml"),

    /** OpenTelemetry's starter, as it comes. */
    OTEL_STARTER("otel-starter", "OpenTelemetry's Spring starter", null,
            "--otel.service.name=hello --otel.exporter.otlp.endpoint=" + Settings.SINK),

    /** OpenTelemetry's agent, as it comes. */
    AGENT("agent", "OpenTelemetry's Java agent", null, ""),

    /** The starter, as it comes. */
    STARTER("starter", "observability-starter", "/metrics", ""),

    /** The starter, one request in ten. */
    STARTER_10("starter", "the same, 10 % sampled and exported", "/metrics", Settings.EXPORT + "0.1"),

    /** The starter, with each request sampled and exported. */
    STARTER_100("starter", "the same, all sampled and exported", "/metrics", Settings.EXPORT + "1.0");

    private static final String AGENT_JAR = "opentelemetry-javaagent-";

    private final String module;

    private final String title;

    private final @Nullable String scrape;

    private final String settings;

    ServiceVariant(String module, String title, @Nullable String scrape, String settings) {
        this.module = module;
        this.title = title;
        this.scrape = scrape;
        this.settings = settings;
    }

    /**
     * Name of the module that declares the class path.
     * @return a folder of {@code variants}
     */
    public String module() {
        return this.module;
    }

    /**
     * What a reader of the results is told.
     * @return a few words
     */
    public String title() {
        return this.title;
    }

    /**
     * Where Prometheus would ask.
     * @return a path, or {@code null} if it can't ask
     */
    public @Nullable String scrape() {
        return this.scrape;
    }

    /**
     * The command that starts the service.
     * @param java the program
     * @param classPath the class path of the variant
     * @param options options of the JVM
     * @param sink where traces go
     * @return the command
     */
    List<String> command(String java, String classPath, List<String> options, String sink) {
        List<String> jars = new ArrayList<>(List.of(classPath.split(System.getProperty("path.separator"))));
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(options);
        // Of the agent, and of nobody else.
        jars.stream().filter((jar) -> jar.contains(AGENT_JAR)).findFirst().ifPresent((agent) -> {
            command.add("-javaagent:" + agent);
            command.add("-Dotel.service.name=hello");
            command.add("-Dotel.exporter.otlp.endpoint=" + sink);
        });
        jars.removeIf((jar) -> jar.contains(AGENT_JAR));
        command.addAll(List.of("-cp", String.join(System.getProperty("path.separator"), jars),
                MeasuredService.class.getName(), "--server.port=0", "--spring.application.name=hello",
                "--spring.main.banner-mode=off", "--server.tomcat.max-keep-alive-requests=-1"));
        Arrays.stream(this.settings.split(" "))
            .filter((setting) -> !setting.isEmpty())
            .map((setting) -> setting.replace(Settings.SINK, sink))
            .forEach(command::add);
        return command;
    }

    private static final class Settings {

        static final String SINK = "SINK";

        static final String ACTUATOR = "--management.endpoints.web.exposure.include=health,prometheus ";

        static final String EXPORT = "--management.opentelemetry.tracing.export.otlp.endpoint=" + SINK
                + "/v1/traces --management.tracing.sampling.probability=";

        /** With OTLP metrics left on, it would push to localhost:4318 each minute. */
        static final String STOCK = ACTUATOR + "--management.otlp.metrics.export.enabled=false " + EXPORT;

        static final String ECS = " --logging.structured.format.console=ecs";

    }

}
