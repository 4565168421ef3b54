package io.observability.starter.logging.line;

import java.util.Set;

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

    static final String NAME_FIELD = "service.name";

    static final String VERSION_FIELD = "service.version";

    static final String ENVIRONMENT_FIELD = "deployment.environment.name";

    /** The constants by the names that OpenTelemetry's semantic conventions have. */
    static final Set<String> FIELDS = Set.of(NAME_FIELD, VERSION_FIELD, ENVIRONMENT_FIELD);

    boolean has(String field) {
        String value = switch (field) {
            case NAME_FIELD -> UNKNOWN.equals(this.name) ? null : this.name;
            case VERSION_FIELD -> this.version;
            case ENVIRONMENT_FIELD -> this.environment;
            default -> null;
        };
        return value != null && !value.isBlank();
    }

}
