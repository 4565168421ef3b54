package io.observability.starter.logging.line;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Set of names under which the members of a log line are written.
 *
 * @since 0.1.0
 */
public enum LineSchema {

    /**
     * The names of logstash-logback-encoder, which Spring Boot's {@code logstash} format
     * shares.
     */
    LOGSTASH;

    /**
     * Names that belong to the line itself; a caller's field of that name is renamed.
     * @return the names
     */
    public Set<String> reservedNames() {
        return Stream.of(LineField.values()).map((field) -> field.name(this)).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Name of the schema in configuration.
     * @return the name
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

}
