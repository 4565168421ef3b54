package io.observability.benchmarks.line;

import java.util.List;

/**
 * Who writes the line. A row is a class path, which a module of this build declares, and
 * the class that sets its library up.
 */
public enum LineRow {

    /** Logback makes the event and nobody takes it: what no appender can be below. */
    FLOOR("starter", "Logback's event alone", LineRow.LOGBACK),

    /** The starter, written by the calling thread. */
    STARTER("starter", "observability-starter", LineRow.LOGBACK),

    /** The starter, written by a thread of its own. */
    STARTER_ASYNC("starter", "observability-starter, asynchronous", LineRow.LOGBACK),

    /** logstash-logback-encoder as it comes. */
    LOGSTASH("starter", "logstash-logback-encoder", LineRow.LOGBACK),

    /** The same with a provider and an appender of one's own. */
    LOGSTASH_TUNED("starter", "the same, own typed provider and streaming appender", LineRow.LOGBACK),

    /** Structured logging of Spring Boot in its {@code logstash} format. */
    BOOT("starter", "Spring Boot structured logging, `logstash`", LineRow.LOGBACK),

    /** Logback's own encoder. */
    LOGBACK_JSON("starter", "Logback JsonEncoder", LineRow.LOGBACK),

    /** Log4j 2 with the flags that keep it from making garbage. */
    LOG4J("log4j", "Log4j 2 JsonTemplateLayout, garbage-free", "Log4jBackend", 17,
            "-Dlog4j2.enableThreadlocals=true -Dlog4j2.enableDirectEncoders=true "
                    + "-Dlog4j2.garbagefreeThreadContextMap=true -Dlog4j2.isWebapp=false"),

    /** Penna. */
    PENNA("penna", "Penna", "PennaBackend", 21, "");

    private static final String LOGBACK = "LogbackBackend";

    private final String classPath;

    private final String title;

    private final String backend;

    private final int minimumJava;

    private final String flags;

    LineRow(String classPath, String title, String backend) {
        this(classPath, title, backend, 17, "");
    }

    LineRow(String classPath, String title, String backend, int minimumJava, String flags) {
        this.classPath = classPath;
        this.title = title;
        this.backend = backend;
        this.minimumJava = minimumJava;
        this.flags = flags;
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

    /**
     * Arguments of the virtual machine that its makers advise.
     * @return the arguments
     */
    public List<String> flags() {
        return this.flags.isEmpty() ? List.of() : List.of(this.flags.split(" ", -1));
    }

    /**
     * Whether this Java can run the row.
     * @return whether it can
     */
    public boolean runsHere() {
        return Runtime.version().feature() >= this.minimumJava;
    }

    /**
     * Set the library up. By name: the libraries of the other rows are not there.
     * @param sink what takes the lines
     * @return the running library
     */
    LineBackend start(LineSink sink) {
        try {
            return Class.forName(LineRow.class.getPackageName() + "." + this.backend)
                .asSubclass(LineBackend.class)
                .getDeclaredConstructor(LineRow.class, LineSink.class)
                .newInstance(this, sink);
        }
        catch (ReflectiveOperationException ex) {
            throw new IllegalStateException("Could not start " + this, ex);
        }
    }

}
