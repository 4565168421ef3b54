package io.observability.starter.logging.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.logging.LogFile;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * What becomes of the log lines, from what the application has set.
 *
 * @param json whether the console gets JSON lines unless the application says otherwise
 * @param jsonFile whether files get JSON lines unless the application says otherwise
 * @param console who writes to the console
 * @param fileOutput who writes to the file
 * @param file path of the file that takes all lines, or {@code null}
 * @param ownConfiguration the configuration file that the application brings, or
 * {@code null}
 * @param logback whether Logback writes the lines
 */
record LoggingPlan(boolean json, boolean jsonFile, Output console, Output fileOutput, @Nullable String file,
        @Nullable String ownConfiguration, boolean logback) {

    static final String CONSOLE_FORMAT = "logging.structured.format.console";

    static final String FILE_FORMAT = "logging.structured.format.file";

    static final String FILE_NAME = "logging.file.name";

    static final String FILE_PATH = "logging.file.path";

    // What LogbackLoggingSystem looks for, in its order.
    static final String[] CONFIGURATIONS = { "logback-test.groovy", "logback-test.xml", "logback.groovy", "logback.xml",
            "logback-test-spring.groovy", "logback-test-spring.xml", "logback-spring.groovy", "logback-spring.xml" };

    static LoggingPlan of(Environment environment, ClassLoader classLoader) {
        LogFormat format = LogFormat.of(environment);
        boolean text = format == LogFormat.TEXT || (format == LogFormat.AUTO && isForPeople(classLoader));
        LogFile file = LogFile.get(environment);
        return new LoggingPlan(!text, format != LogFormat.TEXT, output(environment, CONSOLE_FORMAT),
                output(environment, FILE_FORMAT), (file != null) ? file.toString() : null,
                ownConfiguration(environment, classLoader),
                ClassUtils.isPresent("ch.qos.logback.classic.LoggerContext", classLoader) && isLogback(classLoader));
    }

    private static Output output(Environment environment, String format) {
        return StringUtils.hasText(environment.getProperty(format)) ? Output.BOOT : Output.LINES;
    }

    private static boolean isLogback(ClassLoader classLoader) {
        return LoggingSystem.get(classLoader) instanceof LineLoggingSystem;
    }

    private static boolean isForPeople(ClassLoader classLoader) {
        return Terminal.isInteractive()
                || ClassUtils.isPresent("org.springframework.boot.devtools.RemoteSpringApplication", classLoader);
    }

    private static @Nullable String ownConfiguration(Environment environment, ClassLoader classLoader) {
        String configured = environment.getProperty("logging.config");
        if (StringUtils.hasText(configured)) {
            return configured;
        }
        for (String configuration : CONFIGURATIONS) {
            if (classLoader.getResource(configuration) != null) {
                return configuration;
            }
        }
        return null;
    }

    /**
     * Who writes to a destination.
     */
    enum Output {

        /** The starter. */
        LINES,

        /** Spring Boot, in a format that the application has chosen. */
        BOOT

    }

}
