package io.observability.starter.logging.access;

import java.util.function.Predicate;

/**
 * Paths whose requests have no access line even where no feature marks them: those that
 * the starter answers, and the actuator's. Thread-safe.
 *
 * @since 0.1.0
 */
public final class StarterPaths {

    private final Predicate<String> own;

    private final String actuator;

    /**
     * Create the set.
     * @param own whether the starter answers a path; asked for each request
     * @param actuator path of the actuator, with a leading slash and without one at the
     * end; empty if it can't be told from the application's paths
     */
    public StarterPaths(Predicate<String> own, String actuator) {
        this.own = own;
        this.actuator = actuator;
    }

    /**
     * Whether requests to a path have no line.
     * @param path the path below the context path, as it was received
     * @return whether they have none
     */
    public boolean contains(String path) {
        return this.own.test(path) || isActuator(path);
    }

    // A path that a container reads otherwise than it stands there must not hide what it
    // reaches: /actuator/../orders has a line.
    private boolean isActuator(String path) {
        return !this.actuator.isEmpty() && path.startsWith(this.actuator)
                && (path.length() == this.actuator.length() || path.charAt(this.actuator.length()) == '/')
                && !path.contains("..") && path.indexOf(';') < 0 && path.indexOf('%') < 0 && path.indexOf('\\') < 0
                && !path.contains("//");
    }

}
