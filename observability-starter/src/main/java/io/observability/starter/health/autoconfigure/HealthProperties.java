package io.observability.starter.health.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of the health probes.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("observability.health")
public class HealthProperties {

    /**
     * Whether the starter answers the health probes.
     */
    private boolean enabled = true;

    /**
     * Path of the probe that tells of liveness, readiness and all checks.
     */
    private String path = "/healthz";

    /**
     * Path of the liveness probe.
     */
    private String livenessPath = "/livez";

    /**
     * Path of the readiness probe.
     */
    private String readinessPath = "/readyz";

    /**
     * Time after which a check that has not answered counts as down.
     */
    private Duration timeout = Duration.ofSeconds(2);

    /**
     * Time between two runs of a check.
     */
    private Duration interval = Duration.ofSeconds(10);

    /**
     * Age from which on the result of a check counts as down. Three intervals, and at
     * least an interval and two time-outs, unless it is set.
     */
    private @Nullable Duration staleAfter;

    /**
     * Whether the thread of a check that takes too long is interrupted, once. Not for
     * checks of an embedded database, whose file an interrupt closes.
     */
    private boolean interrupt;

    /**
     * Settings of single checks, by name with '*' and '?' as wildcards; of several that
     * match the longest counts. A composite stands for its children.
     */
    private Map<String, Check> checks = new LinkedHashMap<>();

    /**
     * Time to go on serving requests after readiness was turned off at shutdown, so that
     * load balancers notice. Part of Spring's shutdown phase, whose time-out must be
     * longer.
     */
    private Duration shutdownDelay = Duration.ZERO;

    /**
     * Names of checks that are not run, with '*' and '?' as wildcards. A composite stands
     * for its children.
     */
    private Set<String> exclude = new LinkedHashSet<>(List.of("ping"));

    private final Readiness readiness = new Readiness();

    public boolean isEnabled() {
        return this.enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public String getPath() {
        return this.path;
    }

    public void setPath(String path) {
        this.path = path;
    }

    public String getLivenessPath() {
        return this.livenessPath;
    }

    public void setLivenessPath(String livenessPath) {
        this.livenessPath = livenessPath;
    }

    public String getReadinessPath() {
        return this.readinessPath;
    }

    public void setReadinessPath(String readinessPath) {
        this.readinessPath = readinessPath;
    }

    public Duration getTimeout() {
        return this.timeout;
    }

    public void setTimeout(Duration timeout) {
        this.timeout = timeout;
    }

    public Duration getInterval() {
        return this.interval;
    }

    public void setInterval(Duration interval) {
        this.interval = interval;
    }

    public @Nullable Duration getStaleAfter() {
        return this.staleAfter;
    }

    public void setStaleAfter(@Nullable Duration staleAfter) {
        this.staleAfter = staleAfter;
    }

    public boolean isInterrupt() {
        return this.interrupt;
    }

    public void setInterrupt(boolean interrupt) {
        this.interrupt = interrupt;
    }

    public Map<String, Check> getChecks() {
        return this.checks;
    }

    public void setChecks(Map<String, Check> checks) {
        this.checks = checks;
    }

    public Duration getShutdownDelay() {
        return this.shutdownDelay;
    }

    public void setShutdownDelay(Duration shutdownDelay) {
        this.shutdownDelay = shutdownDelay;
    }

    public Set<String> getExclude() {
        return this.exclude;
    }

    public void setExclude(Set<String> exclude) {
        this.exclude = exclude;
    }

    public Readiness getReadiness() {
        return this.readiness;
    }

    /**
     * Settings of a single check.
     */
    public static class Check {

        /**
         * Time after which the check counts as down if it has not answered.
         */
        private @Nullable Duration timeout;

        /**
         * Time between two runs of the check.
         */
        private @Nullable Duration interval;

        /**
         * Age from which on the result of the check counts as down.
         */
        private @Nullable Duration staleAfter;

        /**
         * Whether the thread of the check is interrupted if it takes too long.
         */
        private @Nullable Boolean interrupt;

        public @Nullable Duration getTimeout() {
            return this.timeout;
        }

        public void setTimeout(@Nullable Duration timeout) {
            this.timeout = timeout;
        }

        public @Nullable Duration getInterval() {
            return this.interval;
        }

        public void setInterval(@Nullable Duration interval) {
            this.interval = interval;
        }

        public @Nullable Duration getStaleAfter() {
            return this.staleAfter;
        }

        public void setStaleAfter(@Nullable Duration staleAfter) {
            this.staleAfter = staleAfter;
        }

        public @Nullable Boolean getInterrupt() {
            return this.interrupt;
        }

        public void setInterrupt(@Nullable Boolean interrupt) {
            this.interrupt = interrupt;
        }

    }

    /**
     * Settings of the readiness probe.
     */
    public static class Readiness {

        /**
         * Names of checks that the readiness probe counts, with '*' and '?' as wildcards.
         * A composite stands for its children.
         */
        private Set<String> include = new LinkedHashSet<>();

        public Set<String> getInclude() {
            return this.include;
        }

        public void setInclude(Set<String> include) {
            this.include = include;
        }

    }

}
