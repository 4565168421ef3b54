package io.observability.starter.health.autoconfigure;

import java.time.Duration;
import java.util.Map;

import io.observability.starter.health.HealthSchedule;
import io.observability.starter.health.HealthTimings;
import io.observability.starter.report.FeatureReport;
import io.observability.starter.report.ReportSource;
import io.observability.starter.settings.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the settings of health checks: what they mean, and which are refused.
 */
class HealthSettingsTests extends HealthContexts {

    @Test
    void singleChecksHaveTimingsOfTheirOwn() {
        HealthProperties properties = new HealthProperties();
        this.runner
            .withPropertyValues("observability.health.interval=20s", "observability.health.checks.diskSpace.timeout=5s",
                    "observability.health.checks.[pools/*].interval=1m",
                    "observability.health.checks.search.stale-after=2m",
                    "observability.health.checks.search.interrupt=true")
            .run((context) -> {
                HealthSchedule schedule = CheckedHealthSettings.of(context.getBean(HealthProperties.class)).schedule();
                assertThat(schedule.of("db")).isEqualTo(timings(2, 20, 60, false));
                assertThat(schedule.of("diskSpace")).isEqualTo(timings(5, 20, 60, false));
                assertThat(schedule.of("pools/one")).isEqualTo(timings(2, 60, 180, false));
                assertThat(schedule.of("search")).isEqualTo(timings(2, 20, 120, true));
                FeatureReport report = report(context.getBean("observabilityHealthReport", ReportSource.class));
                assertThat(report.missing()).containsExactlyInAnyOrder(
                        "no check has the name of observability.health.checks.diskSpace",
                        "no check has the name of observability.health.checks.pools/*",
                        "no check has the name of observability.health.checks.search");
            });
        properties.setStaleAfter(Duration.ofSeconds(50));
        HealthProperties.Check slow = new HealthProperties.Check();
        slow.setInterval(Duration.ofMinutes(1));
        properties.setChecks(Map.of("slow", slow, "usual", new HealthProperties.Check()));
        HealthSchedule schedule = CheckedHealthSettings.of(properties).schedule();
        assertThat(schedule.of("usual").staleAfter()).isEqualTo(Duration.ofSeconds(50));
        assertThat(schedule.of("slow").staleAfter()).isEqualTo(Duration.ofMinutes(3));
    }

    private static HealthTimings timings(int timeout, int interval, int staleAfter, boolean interrupt) {
        return new HealthTimings(Duration.ofSeconds(timeout), Duration.ofSeconds(interval),
                Duration.ofSeconds(staleAfter), interrupt);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "path=healthz | a path such as '/healthz'",
            "liveness-path=/{any} | a path such as '/healthz'", "readiness-path= | a path such as '/healthz'",
            "liveness-path=/healthz | different from the other probes' paths",
            "readiness-path=/livez | different from the other probes' paths", "timeout=-1s | from 10ms to 1m",
            "timeout=2m | from 10ms to 1m", "interval=0s | from 100ms to 1h", "stale-after=13s | from 14s to 24h",
            "shutdown-delay=-5s | from 0ms to 5m", "exclude=db,' ' | names of checks",
            "checks.db.timeout=2m | from 10ms to 1m", "checks.db.interval=0s | from 100ms to 1h",
            "checks.db.stale-after=13s | from 14s to 24h", "readiness.include=db,' ' | names of checks" })
    void wrongValueStopsTheStartAndIsNamed(String setting, String allowed) {
        String property = "observability.health." + setting.substring(0, setting.indexOf('='));
        this.runner
            .withPropertyValues("observability.health." + setting.replace("' '", "\t").replace("\t", "${blank}"),
                    "blank=   ")
            .run((context) -> assertThat(context).hasFailed()
                .getFailure()
                .rootCause()
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("'" + property + "'")
                .hasMessageContaining(allowed));
    }

    @Test
    void resultHoldsForThreeIntervalsOrAnIntervalAndTwoTimeouts() {
        HealthProperties properties = new HealthProperties();
        assertThat(CheckedHealthSettings.of(properties).schedule().general().staleAfter())
            .isEqualTo(Duration.ofSeconds(30));
        properties.setTimeout(Duration.ofSeconds(20));
        assertThat(CheckedHealthSettings.of(properties).schedule().general().staleAfter())
            .isEqualTo(Duration.ofSeconds(50));
        properties.setStaleAfter(Duration.ofSeconds(55));
        assertThat(CheckedHealthSettings.of(properties).schedule().general().staleAfter())
            .isEqualTo(Duration.ofSeconds(55));
    }

}
