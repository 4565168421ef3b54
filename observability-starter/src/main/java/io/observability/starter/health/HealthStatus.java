package io.observability.starter.health;

/**
 * What a check found: a code for people and whether it fails the service.
 *
 * @param code the code, {@code UP}, {@code DOWN}, {@code OUT_OF_SERVICE}, {@code UNKNOWN}
 * or one of the application's own; cut after {@value #MAX_CODE_LENGTH} characters
 * @param failing whether a service with this status must not get requests
 * @since 0.1.0
 */
public record HealthStatus(String code, boolean failing) {

    /** Most characters of a code. */
    public static final int MAX_CODE_LENGTH = 64;

    /** The dependency works. */
    public static final HealthStatus UP = new HealthStatus("UP", false);

    /** The dependency does not work, or nothing was heard of it in time. */
    public static final HealthStatus DOWN = new HealthStatus("DOWN", true);

    /** The dependency, or the service, was taken out of service. */
    public static final HealthStatus OUT_OF_SERVICE = new HealthStatus("OUT_OF_SERVICE", true);

    /** Nothing is known yet, or nothing can be known; does not fail the service. */
    public static final HealthStatus UNKNOWN = new HealthStatus("UNKNOWN", false);

    public HealthStatus {
        code = (code.length() > MAX_CODE_LENGTH) ? code.substring(0, MAX_CODE_LENGTH) : code;
    }

}
