package io.observability.starter.health.autoconfigure;

import java.time.Duration;
import java.util.Set;

import io.observability.starter.health.HealthTimings;
import io.observability.starter.health.NamePatterns;
import io.observability.starter.settings.InvalidSettingException;
import io.observability.starter.settings.SettingChecks;

/**
 * The settings, once they have passed their checks.
 *
 * @param path path of the health probe
 * @param livenessPath path of the liveness probe
 * @param readinessPath path of the readiness probe
 * @param timings when checks run
 * @param shutdownDelay how long to serve on without being ready
 * @param excluded checks that are not run
 * @param readiness checks that the readiness probe counts
 */
record CheckedHealthSettings(String path, String livenessPath, String readinessPath, HealthTimings timings,
        Duration shutdownDelay, NamePatterns excluded, NamePatterns readiness) {

    private static final String PREFIX = "observability.health.";

    static CheckedHealthSettings of(HealthProperties properties) {
        String path = SettingChecks.httpPath(PREFIX + "path", properties.getPath());
        String livenessPath = path("liveness-path", properties.getLivenessPath(), path);
        String readinessPath = path("readiness-path", properties.getReadinessPath(), path, livenessPath);
        Duration timeout = SettingChecks.inRange(PREFIX + "timeout", properties.getTimeout(), Duration.ofMillis(10),
                Duration.ofMinutes(1));
        Duration interval = SettingChecks.inRange(PREFIX + "interval", properties.getInterval(), Duration.ofMillis(100),
                Duration.ofHours(1));
        Duration shutdownDelay = SettingChecks.inRange(PREFIX + "shutdown-delay", properties.getShutdownDelay(),
                Duration.ZERO, Duration.ofMinutes(5));
        HealthTimings timings = new HealthTimings(timeout, interval, staleAfter(properties, timeout, interval));
        return new CheckedHealthSettings(path, livenessPath, readinessPath, timings, shutdownDelay,
                patterns("exclude", properties.getExclude()),
                patterns("readiness.include", properties.getReadiness().getInclude()));
    }

    private static String path(String property, String value, String... others) {
        String path = SettingChecks.httpPath(PREFIX + property, value);
        for (String other : others) {
            if (path.equals(other)) {
                throw new InvalidSettingException(PREFIX + property, value, "different from the other probes' paths");
            }
        }
        return path;
    }

    private static Duration staleAfter(HealthProperties properties, Duration timeout, Duration interval) {
        Duration least = interval.plus(timeout.multipliedBy(2));
        if (properties.getStaleAfter() == null) {
            Duration usual = interval.multipliedBy(3);
            return (usual.compareTo(least) > 0) ? usual : least;
        }
        // Less would call a check stale that runs as it should.
        return SettingChecks.inRange(PREFIX + "stale-after", properties.getStaleAfter(), least, Duration.ofHours(24));
    }

    private static NamePatterns patterns(String property, Set<String> patterns) {
        for (String pattern : patterns) {
            if (pattern.isBlank() || pattern.length() > 256) {
                throw new InvalidSettingException(PREFIX + property, pattern,
                        "names of checks, each 1 to 256 characters with '*' and '?' as wildcards");
            }
        }
        return new NamePatterns(patterns);
    }

}
