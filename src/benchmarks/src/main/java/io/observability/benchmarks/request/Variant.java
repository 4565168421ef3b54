package io.observability.benchmarks.request;

/**
 * What a service can have to be observed with. A variant is a class path, which a module
 * of this build declares, and the arguments that a user would give.
 */
public enum Variant {

    /** Spring MVC with all logging off: the floor. */
    SILENT("bare", "Spring MVC, log off", "--logging.level.root=off"),

    /** Spring MVC with the text log of Spring Boot. */
    BARE("bare", "Spring MVC, text log", ""),

    /** Observability of Spring Boot itself, one request in ten sampled. */
    STOCK_10("stock", "Spring Boot's observability, 10 % sampled", Arguments.STOCK + "0.1"),

    /** Observability of Spring Boot itself, each request sampled. */
    STOCK_100("stock", "Spring Boot's observability, 100 % sampled", Arguments.STOCK + "1.0"),

    /** The starter, one request in ten sampled. */
    STARTER_10("starter", "observability-starter, 10 % sampled", Arguments.STARTER + "0.1"),

    /** The starter, each request sampled. */
    STARTER_100("starter", "observability-starter, 100 % sampled", Arguments.STARTER + "1.0");

    private final String classPath;

    private final String title;

    private final String arguments;

    Variant(String classPath, String title, String arguments) {
        this.classPath = classPath;
        this.title = title;
        this.arguments = arguments;
    }

    /**
     * Name of the module that declares the class path.
     * @return a folder of {@code variants}
     */
    public String classPath() {
        return this.classPath;
    }

    /**
     * What a reader of the results is told.
     * @return a few words
     */
    public String title() {
        return this.title;
    }

    boolean hasStarter() {
        return this.classPath.equals("starter");
    }

    /**
     * Settings of the service.
     * @return arguments of the form {@code --name=value}
     */
    String[] arguments() {
        return ("--spring.application.name=hello " + this.arguments).split(" ");
    }

    private static final class Arguments {

        /**
         * As the documentation of Spring Boot sets it up. With OTLP metrics left on, it
         * would push to localhost:4318 each minute.
         */
        static final String STOCK = "--management.otlp.metrics.export.enabled=false "
                + "--management.endpoints.web.exposure.include=health,prometheus "
                + "--logging.structured.format.console=logstash --management.tracing.sampling.probability=";

        /** As it comes: JSON lines and /metrics are its defaults. */
        static final String STARTER = "--management.tracing.sampling.probability=";

    }

}
