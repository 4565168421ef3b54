package io.observability.starter.logging.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of the access line.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("observability.logging.access")
public class AccessLogProperties {

    /**
     * Whether each request has an access line.
     */
    private boolean enabled = true;

    /**
     * Whether the line has the path as it was received, without the query. Paths may hold
     * what is secret or personal.
     */
    private boolean path;

    /**
     * Whether the line has the client's address, which is personal data.
     */
    private boolean clientAddress;

    /**
     * Whether the line has what the client says that it is.
     */
    private boolean userAgent;

    public boolean isEnabled() {
        return this.enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public boolean isPath() {
        return this.path;
    }

    public void setPath(boolean path) {
        this.path = path;
    }

    public boolean isClientAddress() {
        return this.clientAddress;
    }

    public void setClientAddress(boolean clientAddress) {
        this.clientAddress = clientAddress;
    }

    public boolean isUserAgent() {
        return this.userAgent;
    }

    public void setUserAgent(boolean userAgent) {
        this.userAgent = userAgent;
    }

}
