package io.observability.starter.logging.autoconfigure;

import io.observability.starter.logging.line.ServiceIdentity;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Finds out who the service is: its own setting first, then what Spring Boot and
 * OpenTelemetry call it.
 */
final class ServiceIdentities {

    private static final String PREFIX = "observability.logging.service.";

    private static final String RESOURCE = "management.opentelemetry.resource-attributes";

    private ServiceIdentities() {
    }

    static ServiceIdentity from(Environment environment) {
        String name = first(environment, PREFIX + "name", resource("service.name"), "spring.application.name");
        return new ServiceIdentity((name != null) ? name : ServiceIdentity.UNKNOWN,
                first(environment, PREFIX + "version", resource("service.version"), "spring.application.version"),
                first(environment, PREFIX + "environment", resource("deployment.environment.name")));
    }

    private static String resource(String attribute) {
        return RESOURCE + "[" + attribute + "]";
    }

    private static @Nullable String first(Environment environment, String... properties) {
        for (String property : properties) {
            String value = environment.getProperty(property);
            if (!StringUtils.hasText(value) && property.startsWith(RESOURCE)) {
                // In a .properties file the brackets are often left out.
                value = environment.getProperty(property.replace('[', '.').replace("]", ""));
            }
            if (StringUtils.hasText(value)) {
                return value;
            }
        }
        return null;
    }

}
