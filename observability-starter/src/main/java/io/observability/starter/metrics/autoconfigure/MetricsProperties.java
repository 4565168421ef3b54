package io.observability.starter.metrics.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.observability.starter.metrics.MetricNaming;
import io.observability.starter.metrics.MetricSet;
import io.observability.starter.metrics.RequestMeters;
import io.observability.starter.metrics.cardinality.FoldedTags;
import io.observability.starter.metrics.histogram.HistogramKind;
import io.observability.starter.settings.InvalidSettingException;
import io.observability.starter.settings.SettingChecks;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of the metrics.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("observability.metrics")
public class MetricsProperties {

    private static final int MAX_OBJECTIVES = 20;

    /**
     * Whether the starter shapes the metrics and answers their scrape.
     */
    private boolean enabled = true;

    /**
     * Path of the scrape; on the management port where there is one of its own.
     */
    private String path = "/metrics";

    /**
     * How many of Spring Boot's metric families to show. Meters of the application are
     * always shown.
     */
    private MetricSet set = MetricSet.MINIMAL;

    /**
     * Beginnings of names of Spring Boot's meters to show although the minimal set leaves
     * them out, such as 'jvm.buffer'.
     */
    private List<String> include = new ArrayList<>();

    /**
     * Names that the metrics have.
     */
    private MetricNaming naming = MetricNaming.CONVENTIONAL;

    /**
     * Buckets of the histograms of requests and of pauses of the garbage collector.
     * Native ones reach those who scrape protobuf.
     */
    private HistogramKind histograms = HistogramKind.CLASSIC;

    /**
     * Service level objectives of request durations, each a bucket of its own; 1ms to 1h,
     * up to 20 of them.
     */
    private List<Duration> slo = new ArrayList<>();

    /**
     * Most routes with series of their own, for requests that come in and again for
     * requests that go out; the rest is counted together as '_other'.
     */
    private int maxRoutes = 200;

    public boolean isEnabled() {
        return this.enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public String getPath() {
        return this.path;
    }

    public void setPath(String path) {
        this.path = path;
    }

    public MetricSet getSet() {
        return this.set;
    }

    public void setSet(MetricSet set) {
        this.set = set;
    }

    public List<String> getInclude() {
        return this.include;
    }

    public void setInclude(List<String> include) {
        this.include = include;
    }

    public MetricNaming getNaming() {
        return this.naming;
    }

    public void setNaming(MetricNaming naming) {
        this.naming = naming;
    }

    public HistogramKind getHistograms() {
        return this.histograms;
    }

    public void setHistograms(HistogramKind histograms) {
        this.histograms = histograms;
    }

    public List<Duration> getSlo() {
        return this.slo;
    }

    public void setSlo(List<Duration> slo) {
        this.slo = slo;
    }

    public int getMaxRoutes() {
        return this.maxRoutes;
    }

    public void setMaxRoutes(int maxRoutes) {
        this.maxRoutes = maxRoutes;
    }

    RequestMeters serverMeters(MeterRegistry registry, ObjectProvider<FoldedTags> folded) {
        return RequestMeters.ofServer(registry, this.naming, this.slo, this.maxRoutes)
            .tell(folded.getIfAvailable(() -> FoldedTags.UNTOLD));
    }

    RequestMeters clientMeters(MeterRegistry registry, ObjectProvider<FoldedTags> folded) {
        return RequestMeters.ofClient(registry, this.naming, this.slo, this.maxRoutes)
            .tell(folded.getIfAvailable(() -> FoldedTags.UNTOLD));
    }

    void check() {
        SettingChecks.httpPath("observability.metrics.path", this.path);
        SettingChecks.inRange("observability.metrics.max-routes", this.maxRoutes, 1, 10_000);
        if (this.slo.size() > MAX_OBJECTIVES) {
            throw new InvalidSettingException("observability.metrics.slo", this.slo.size() + " durations",
                    "a list of at most " + MAX_OBJECTIVES + " durations");
        }
        for (int i = 0; i < this.slo.size(); i++) {
            SettingChecks.inRange("observability.metrics.slo[" + i + "]", this.slo.get(i), Duration.ofMillis(1),
                    Duration.ofHours(1));
        }
        for (int i = 0; i < this.include.size(); i++) {
            if (this.include.get(i).isBlank()) {
                throw new InvalidSettingException("observability.metrics.include[" + i + "]", this.include.get(i),
                        "the beginning of the name of a meter, such as 'jvm.buffer'");
            }
        }
    }

}
