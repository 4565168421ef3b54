package io.observability.starter.health.autoconfigure;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.observability.starter.health.HealthSchedule;
import io.observability.starter.health.HealthTimings;
import io.observability.starter.health.NamePatterns;
import io.observability.starter.settings.InvalidSettingException;
import io.observability.starter.settings.SettingChecks;
import org.jspecify.annotations.Nullable;

/**
 * The settings, once they have passed their checks.
 *
 * @param path path of the health probe
 * @param livenessPath path of the liveness probe
 * @param readinessPath path of the readiness probe
 * @param schedule when checks run
 * @param shutdownDelay how long to serve on without being ready
 * @param excluded checks that are not run
 * @param readiness checks that the readiness probe counts
 */
record CheckedHealthSettings(String path, String livenessPath, String readinessPath, HealthSchedule schedule,
        Duration shutdownDelay, NamePatterns excluded, NamePatterns readiness) {

    private static final String PREFIX = "observability.health.";

    static CheckedHealthSettings of(HealthProperties properties) {
        String path = SettingChecks.httpPath(PREFIX + "path", properties.getPath());
        String livenessPath = path("liveness-path", properties.getLivenessPath(), path);
        String readinessPath = path("readiness-path", properties.getReadinessPath(), path, livenessPath);
        Duration shutdownDelay = SettingChecks.inRange(PREFIX + "shutdown-delay", properties.getShutdownDelay(),
                Duration.ZERO, Duration.ofMinutes(5));
        return new CheckedHealthSettings(path, livenessPath, readinessPath, schedule(properties), shutdownDelay,
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

    private static HealthSchedule schedule(HealthProperties properties) {
        HealthTimings general = timings(PREFIX, properties.getTimeout(), properties.getInterval(),
                properties.getStaleAfter(), properties.isInterrupt());
        Map<String, HealthTimings> special = new HashMap<>();
        properties.getChecks().forEach((name, check) -> {
            pattern("checks", name);
            boolean usual = check.getTimeout() == null && check.getInterval() == null;
            Duration staleAfter = (check.getStaleAfter() == null && usual) ? general.staleAfter()
                    : check.getStaleAfter();
            special.put(name,
                    timings(PREFIX + "checks." + name + ".",
                            Objects.requireNonNullElse(check.getTimeout(), general.timeout()),
                            Objects.requireNonNullElse(check.getInterval(), general.interval()), staleAfter,
                            Objects.requireNonNullElse(check.getInterrupt(), general.interrupt())));
        });
        return new HealthSchedule(general, special);
    }

    private static HealthTimings timings(String prefix, Duration timeout, Duration interval,
            @Nullable Duration staleAfter, boolean interrupt) {
        SettingChecks.inRange(prefix + "timeout", timeout, Duration.ofMillis(10), Duration.ofMinutes(1));
        SettingChecks.inRange(prefix + "interval", interval, Duration.ofMillis(100), Duration.ofHours(1));
        Duration least = interval.plus(timeout.multipliedBy(2));
        if (staleAfter == null) {
            Duration usual = interval.multipliedBy(3);
            return new HealthTimings(timeout, interval, (usual.compareTo(least) > 0) ? usual : least, interrupt);
        }
        // Less would call a check stale that runs as it should.
        return new HealthTimings(timeout, interval,
                SettingChecks.inRange(prefix + "stale-after", staleAfter, least, Duration.ofHours(24)), interrupt);
    }

    private static NamePatterns patterns(String property, Set<String> patterns) {
        for (String pattern : patterns) {
            pattern(property, pattern);
        }
        return new NamePatterns(patterns);
    }

    private static void pattern(String property, String pattern) {
        if (pattern.isBlank() || pattern.length() > 256) {
            throw new InvalidSettingException(PREFIX + property, pattern,
                    "names of checks, each 1 to 256 characters with '*' and '?' as wildcards");
        }
    }

}
