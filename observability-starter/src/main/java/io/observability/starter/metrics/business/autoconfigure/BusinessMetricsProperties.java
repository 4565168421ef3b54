package io.observability.starter.metrics.business.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.observability.starter.settings.InvalidSettingException;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of the business metrics.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("observability.metrics.business")
public class BusinessMetricsProperties {

    private static final int MAX_METERS = 100;

    private static final int MAX_OBJECTIVES = 20;

    /**
     * Whether business metrics are recorded. Switched off they can be used all the same,
     * and record nothing.
     */
    private boolean enabled = true;

    /**
     * Whether the application does not start with a business metric that is not used as
     * it should be.
     */
    private boolean strict = false;

    /**
     * Service level objectives by the name of the meter, each a bucket of its own:
     * numbers for a histogram, durations such as '300ms' for a timer; up to 20 of each of
     * 100 meters.
     */
    private Map<String, List<String>> slo = new LinkedHashMap<>();

    public boolean isEnabled() {
        return this.enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public boolean isStrict() {
        return this.strict;
    }

    public void setStrict(boolean strict) {
        this.strict = strict;
    }

    public Map<String, List<String>> getSlo() {
        return this.slo;
    }

    public void setSlo(Map<String, List<String>> slo) {
        this.slo = slo;
    }

    void check() {
        if (this.slo.size() > MAX_METERS) {
            throw new InvalidSettingException("observability.metrics.business.slo", this.slo.size() + " meters",
                    "objectives of at most " + MAX_METERS + " meters");
        }
        this.slo.forEach((meter, objectives) -> {
            if (objectives.isEmpty() || objectives.size() > MAX_OBJECTIVES) {
                throw new InvalidSettingException("observability.metrics.business.slo." + meter,
                        objectives.size() + " objectives", "a list of 1 to " + MAX_OBJECTIVES + " objectives");
            }
        });
    }

}
