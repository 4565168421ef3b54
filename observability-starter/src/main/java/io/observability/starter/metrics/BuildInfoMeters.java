package io.observability.starter.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Version and commit of the application as labels of a metric that is always 1.
 *
 * @since 0.1.0
 */
public final class BuildInfoMeters implements MeterBinder {

    private final String version;

    private final String commit;

    /**
     * Create the meter.
     * @param version version of the application
     * @param commit commit that it was built from
     */
    public BuildInfoMeters(String version, String commit) {
        this.version = version;
        this.commit = commit;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(MetricName.BUILD_INFO.meter(), () -> 1)
            .description(MetricName.BUILD_INFO.help())
            .tag("version", this.version)
            .tag("commit", this.commit)
            .register(registry);
    }

}
