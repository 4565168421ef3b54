package io.observability.starter.logging.line;

import org.jspecify.annotations.Nullable;

/**
 * Who writes the lines: constants that stand on each of them.
 *
 * @param name the name of the service
 * @param version the version of the service, or {@code null} to leave it out
 * @param environment the environment it runs in, or {@code null} to leave it out
 * @since 0.1.0
 */
public record ServiceIdentity(String name, @Nullable String version, @Nullable String environment) {

    /** Name of a service that was given none; OpenTelemetry's word for it. */
    public static final String UNKNOWN = "unknown_service";

}
