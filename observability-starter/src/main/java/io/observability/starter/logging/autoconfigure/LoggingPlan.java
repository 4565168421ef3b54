package io.observability.starter.logging.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * What becomes of the log lines, from what the application has set.
 *
 * @param json whether the console gets JSON lines unless the application says otherwise
 * @param jsonFile whether a file gets JSON lines unless the application says otherwise
 * @param ownConfiguration the configuration file that the application brings, or
 * {@code null}
 * @param logback whether Logback writes the lines
 */
record LoggingPlan(boolean json, boolean jsonFile, @Nullable String ownConfiguration, boolean logback) {

    static final String CONSOLE_FORMAT = "logging.structured.format.console";

    static final String FILE_FORMAT = "logging.structured.format.file";

    static final String FILE_NAME = "logging.file.name";

    static final String FILE_PATH = "logging.file.path";

    private static final String LOGBACK = "org.springframework.boot.logging.logback.LogbackLoggingSystem";

    // What LogbackLoggingSystem looks for, in its order.
    private static final String[] CONFIGURATIONS = { "logback-test.groovy", "logback-test.xml", "logback.groovy",
            "logback.xml", "logback-test-spring.groovy", "logback-test-spring.xml", "logback-spring.groovy",
            "logback-spring.xml" };

    static LoggingPlan of(Environment environment, ClassLoader classLoader) {
        LogFormat format = LogFormat.of(environment);
        boolean text = format == LogFormat.TEXT || (format == LogFormat.AUTO && isForPeople(classLoader));
        return new LoggingPlan(!text, format != LogFormat.TEXT, ownConfiguration(environment, classLoader),
                ClassUtils.isPresent("ch.qos.logback.classic.LoggerContext", classLoader)
                        && LOGBACK.equals(LoggingSystem.get(classLoader).getClass().getName()));
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

}
