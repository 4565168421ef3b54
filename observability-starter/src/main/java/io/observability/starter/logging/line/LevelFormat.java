package io.observability.starter.logging.line;

import java.util.Locale;

import ch.qos.logback.classic.Level;

/**
 * Names and numbers of the levels.
 */
enum LevelFormat {

    /** Logback's names and numbers. */
    LOGBACK,

    /** Logback's names in lower case. */
    LOWER_CASE {

        @Override
        String name(Level level) {
            return level.levelStr.toLowerCase(Locale.ROOT);
        }

    },

    /** Severity numbers of the OpenTelemetry log data model: 1, 5, 9, 13, 17. */
    OTEL {

        @Override
        int number(Level level) {
            return 1 + 4 * index(level);
        }

    },

    /** {@code LogSeverity} of Google Cloud. */
    GCP {

        @Override
        String name(Level level) {
            return (level == Level.TRACE) ? "DEBUG" : (level == Level.WARN) ? "WARNING" : level.levelStr;
        }

    };

    private static final Level[] LEVELS = { Level.TRACE, Level.DEBUG, Level.INFO, Level.WARN, Level.ERROR };

    String name(Level level) {
        return level.levelStr;
    }

    int number(Level level) {
        return level.levelInt;
    }

    static Level[] levels() {
        return LEVELS.clone();
    }

    // Index of the level at or below an event's level, from TRACE on.
    static int index(Level level) {
        int value = level.levelInt;
        if (value >= Level.INFO_INT) {
            return (value >= Level.ERROR_INT) ? 4 : (value >= Level.WARN_INT) ? 3 : 2;
        }
        return (value >= Level.DEBUG_INT) ? 1 : 0;
    }

}
