package io.observability.starter.call.autoconfigure;

import io.observability.starter.request.HttpEngine;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of how calls of HTTP clients are observed.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("observability.http.client")
public class HttpClientProperties {

    /**
     * Whether the starter may observe calls by itself. Otherwise Spring's observation
     * does.
     */
    private boolean enabled = true;

    /**
     * Who observes the calls of HTTP clients: the starter itself, Spring's observation of
     * calls, or the first of them unless the application changes the second.
     */
    private HttpEngine engine = HttpEngine.AUTO;

    public boolean isEnabled() {
        return this.enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public HttpEngine getEngine() {
        return this.engine;
    }

    public void setEngine(HttpEngine engine) {
        this.engine = engine;
    }

}
