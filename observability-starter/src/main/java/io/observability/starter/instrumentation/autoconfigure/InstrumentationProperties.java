package io.observability.starter.instrumentation.autoconfigure;

import java.time.Duration;

import io.observability.starter.settings.SettingChecks;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of the metrics that say whether the instrumentation itself works.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("observability.instrumentation")
public class InstrumentationProperties {

    /**
     * Whether the shares of requests with a span, of log lines with the id of a trace and
     * of empty fields are metrics.
     */
    private boolean enabled = true;

    /**
     * Time that the shares are taken over. From 1m to 1h.
     */
    private Duration window = Duration.ofMinutes(5);

    public boolean isEnabled() {
        return this.enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public Duration getWindow() {
        return this.window;
    }

    public void setWindow(Duration window) {
        this.window = window;
    }

    Duration checkedWindow() {
        return SettingChecks.inRange("observability.instrumentation.window", this.window, Duration.ofMinutes(1),
                Duration.ofHours(1));
    }

}
