package io.observability.starter.pipeline.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of the pipeline ledger's metrics and endpoint.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("observability.pipeline")
public class PipelineProperties {

    /**
     * Whether what telemetry was made, written and lost is shown as metrics and as an
     * endpoint; it is counted all the same.
     */
    private boolean enabled = true;

    public boolean isEnabled() {
        return this.enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

}
