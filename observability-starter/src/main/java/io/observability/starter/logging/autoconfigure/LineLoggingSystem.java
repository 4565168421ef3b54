package io.observability.starter.logging.autoconfigure;

import java.util.Objects;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import io.observability.starter.logging.LineAppender;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

import org.springframework.boot.logging.LogFile;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.boot.logging.logback.LogbackLoggingSystem;
import org.springframework.core.env.Environment;

/**
 * Spring Boot's Logback with the starter's appender in place of those for console and
 * file. Spring Boot asks for its defaults only where the application brings no
 * configuration of its own, and everything else (levels, groups, properties, conversion
 * words, the bridge from {@code java.util.logging}) is left to it.
 */
final class LineLoggingSystem extends LogbackLoggingSystem {

    /** Name of the appender on the root logger. */
    static final String APPENDER = "OBSERVABILITY";

    private final RevivedLines revived = new RevivedLines();

    LineLoggingSystem(ClassLoader classLoader) {
        super(classLoader);
    }

    @Override
    protected void loadDefaults(LoggingInitializationContext initialization, @Nullable LogFile file) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        this.revived.forget(context);
        TerminalFailureReporter.jsonOnConsole = false;
        Environment environment = Objects.requireNonNull(initialization.getEnvironment());
        if (!LoggingSettings.enabled(environment)) {
            super.loadDefaults(initialization, file);
            return;
        }
        ClassLoader classLoader = getClassLoader();
        LoggingPlan plan = LoggingPlan.of(environment, classLoader);
        RouteFactory routes = new RouteFactory(environment, plan, LoggingSettings.of(environment), classLoader);
        // Spring Boot would open the file.
        boolean bootsFile = plan.fileOutput() == LoggingPlan.Output.BOOT;
        super.loadDefaults(initialization, bootsFile ? file : null);
        if (file != null && !bootsFile) {
            context.putProperty(LoggingSystemProperty.LOG_FILE.getEnvironmentVariableName(), file.toString());
        }
        LineAppender appender = new LineAppender();
        appender.setContext(context);
        appender.setName(APPENDER);
        appender.setSource(routes::routes);
        TerminalFailureReporter.jsonOnConsole = plan.json() && plan.console() == LoggingPlan.Output.LINES;
        Runnable install = () -> install(context, appender, plan);
        install.run();
        this.revived.remember(context, environment, install);
    }

    @Override
    protected void loadConfiguration(LoggingInitializationContext initialization, String location,
            @Nullable LogFile file) {
        this.revived.forget((LoggerContext) LoggerFactory.getILoggerFactory());
        super.loadConfiguration(initialization, location, file);
    }

    @Override
    protected void reinitialize(LoggingInitializationContext initialization) {
        this.revived.forget((LoggerContext) LoggerFactory.getILoggerFactory());
        super.reinitialize(initialization);
    }

    @Override
    public Runnable getShutdownHandler() {
        Runnable shutdown = super.getShutdownHandler();
        return () -> {
            this.revived.forget((LoggerContext) LoggerFactory.getILoggerFactory());
            shutdown.run();
        };
    }

    private static void install(LoggerContext context, LineAppender appender, LoggingPlan plan) {
        // Looking for the file and line of each frame's jar costs microseconds a frame.
        context.setPackagingDataEnabled(false);
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        if (plan.console() == LoggingPlan.Output.LINES) {
            Appender<ILoggingEvent> console = root.getAppender("CONSOLE");
            if (console != null) {
                root.detachAppender(console);
                console.stop();
            }
        }
        appender.start();
        root.addAppender(appender);
    }

}
