package io.observability.starter.settings;

import org.jspecify.annotations.Nullable;

/**
 * A configuration property has a value that is not allowed. The message names the
 * property, the value and what is allowed.
 *
 * @since 0.1.0
 */
public final class InvalidSettingException extends IllegalArgumentException {

    private final String property;

    private final @Nullable String value;

    private final String allowed;

    /**
     * Create the error for one property.
     * @param property the full name of the property, in kebab case
     * @param value the value that was found
     * @param allowed what would be allowed, as the end of "must be …"
     */
    public InvalidSettingException(String property, @Nullable Object value, String allowed) {
        super("Property '%s' has the value '%s', but must be %s".formatted(property, value, allowed));
        this.property = property;
        this.value = (value != null) ? value.toString() : null;
        this.allowed = allowed;
    }

    public String getProperty() {
        return this.property;
    }

    public @Nullable String getValue() {
        return this.value;
    }

    public String getAllowed() {
        return this.allowed;
    }

}
