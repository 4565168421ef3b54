package io.observability.starter.logging.autoconfigure;

import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggerContextListener;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.spi.ConfigurationEvent;
import ch.qos.logback.core.spi.ConfigurationEventListener;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Brings the lines back when somebody resets Logback, over JMX for example, since
 * otherwise a service would go on without a single line. A configuration that is read
 * after the reset takes over.
 */
final class RevivedLines implements LoggerContextListener, ConfigurationEventListener {

    private @Nullable LoggerContext context;

    private @Nullable Runnable install;

    private @Nullable Environment environment;

    void remember(LoggerContext context, Environment environment, Runnable install) {
        this.context = context;
        this.environment = environment;
        this.install = install;
        context.addListener(this);
        context.addConfigurationEventListener(this);
    }

    void forget(LoggerContext context) {
        this.install = null;
        context.removeListener(this);
        context.removeConfigurationEventListener(this);
    }

    @Override
    public boolean isResetResistant() {
        return true;
    }

    @Override
    public void onReset(LoggerContext context) {
        Runnable again = this.install;
        Environment settings = this.environment;
        if (again == null || settings == null) {
            return;
        }
        again.run();
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
        Binder.get(settings)
            .bind("logging.level", Bindable.mapOf(String.class, String.class))
            .orElseGet(Map::of)
            .forEach((logger, level) -> {
                String name = logger.equalsIgnoreCase("root") ? org.slf4j.Logger.ROOT_LOGGER_NAME : logger;
                context.getLogger(name).setLevel(Level.toLevel(level.equals("false") ? "OFF" : level, Level.INFO));
            });
    }

    // Another configuration is about to be read: what it says is all that counts.
    @Override
    public void listen(ConfigurationEvent event) {
        LoggerContext target = this.context;
        if (event.getEventType() == ConfigurationEvent.EventType.CONFIGURATION_STARTED && target != null
                && this.install != null) {
            Logger root = target.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
            Appender<ILoggingEvent> lines = root.getAppender(LineLoggingSystem.APPENDER);
            if (lines != null) {
                root.detachAppender(lines);
                lines.stop();
            }
        }
    }

    @Override
    public void onStart(LoggerContext context) {
        // Nothing to do: the lines are there.
    }

    @Override
    public void onStop(LoggerContext context) {
        // A stop resets first, which has brought the lines back for a moment.
        listen(ConfigurationEvent.newConfigurationStartedEvent(this));
        this.install = null;
    }

    @Override
    public void onLevelChange(Logger logger, Level level) {
        // The appender has no levels of its own.
    }

}
