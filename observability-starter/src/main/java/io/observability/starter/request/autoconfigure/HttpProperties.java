package io.observability.starter.request.autoconfigure;

import io.observability.starter.request.HttpEngine;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of how served requests are observed.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("observability.http")
public class HttpProperties {

    /**
     * Whether the starter itself may observe the requests that are answered. Otherwise
     * Spring's observation does.
     */
    private boolean enabled = true;

    /**
     * Who observes the requests that are answered: the starter itself, Spring's
     * observation of requests, or the first of them unless the application changes the
     * second.
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
