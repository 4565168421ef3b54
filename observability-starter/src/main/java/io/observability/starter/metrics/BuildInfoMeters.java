package io.observability.starter.metrics;

import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Version and commit of the application as labels of a metric that is always 1, and its
 * name where the dialect asks for it.
 *
 * @since 0.1.0
 */
public final class BuildInfoMeters implements MeterBinder {

    private final MetricNaming naming;

    private final String service;

    private final String version;

    private final String commit;

    /**
     * Create the meter.
     * @param naming how it is called
     * @param service name of the application, which the OpenTelemetry dialect shows
     * @param version version of the application
     * @param commit commit that it was built from
     */
    public BuildInfoMeters(MetricNaming naming, String service, String version, String commit) {
        this.naming = naming;
        this.service = service;
        this.version = version;
        this.commit = commit;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        MetricForm form = MetricName.BUILD_INFO.in(this.naming);
        if (form == null) {
            return;
        }
        String[] values = { this.version, this.commit, this.service };
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < form.labels().size(); i++) {
            tags.add(Tag.of(form.labels().get(i), values[i]));
        }
        Gauge.builder(form.meter(), () -> 1).description(MetricName.BUILD_INFO.help()).tags(tags).register(registry);
    }

}
