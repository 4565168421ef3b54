package io.observability.starter.report;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StartupReport}.
 */
class StartupReportTests {

    private final ReportSource tracing = () -> FeatureReport.on("tracing", "10 % of requests, not exported", Map.of());

    private final ReportSource health = () -> new FeatureReport("health", FeatureReport.State.STEPPED_BACK,
            "/healthz is the application's", Map.of("path", "/healthz"), List.of("a web server"));

    @Test
    void lineNamesFeaturesInOrder() {
        assertThat(new StartupReport(List.of(this.tracing, this.health)).line())
            .isEqualTo("Observability: health stepped back (/healthz is the application's; missing: a web server); "
                    + "tracing on (10 % of requests, not exported)");
    }

    @Test
    void lineWithoutFeaturesSaysSo() {
        assertThat(new StartupReport(List.of()).line()).isEqualTo("Observability: nothing is on");
    }

    @Test
    void sourceThatThrowsIsReportedAndHidesNoOther() {
        ReportSource failing = () -> {
            throw new IllegalStateException("boom");
        };
        assertThat(new StartupReport(List.of(failing, this.tracing)).features()).extracting(FeatureReport::feature)
            .containsExactly("tracing", "unknown");
    }

}
