package io.observability.starter.logging.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.LoggingSystemFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.ClassUtils;

/**
 * Puts the starter's logging system before Spring Boot's own one for Logback, which asks
 * for the same class.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 1023)
final class LineLoggingSystemFactory implements LoggingSystemFactory {

    private static final boolean PRESENT = ClassUtils.isPresent("ch.qos.logback.classic.LoggerContext",
            LineLoggingSystemFactory.class.getClassLoader());

    @Override
    public @Nullable LoggingSystem getLoggingSystem(ClassLoader classLoader) {
        return PRESENT ? new LineLoggingSystem(classLoader) : null;
    }

}
