package io.observability.starter.logging.autoconfigure;

import java.util.Locale;

import io.observability.starter.settings.InvalidSettingException;

import org.springframework.core.env.Environment;

/**
 * Format of the log lines.
 *
 * @since 0.1.0
 */
public enum LogFormat {

    /** One JSON object a line. */
    JSON,

    /** Coloured text for people. */
    TEXT,

    /** Text at a terminal or beside Spring Boot's devtools, JSON everywhere else. */
    AUTO;

    static final String PROPERTY = "observability.logging.format";

    // Before there is an application context, hence not by binding.
    static LogFormat of(Environment environment) {
        String value = environment.getProperty(PROPERTY, "json");
        for (LogFormat format : values()) {
            if (format.name().equals(value.trim().toUpperCase(Locale.ROOT))) {
                return format;
            }
        }
        throw new InvalidSettingException(PROPERTY, value, "one of json, text, auto");
    }

}
