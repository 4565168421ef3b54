package io.observability.starter.health.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.observability.starter.health.Availability;
import io.observability.starter.health.CheckState;
import io.observability.starter.health.HealthCheckSource;
import io.observability.starter.health.HealthChecks;
import io.observability.starter.health.HealthListener;
import io.observability.starter.health.HealthSchedule;
import io.observability.starter.health.HealthStatus;
import io.observability.starter.health.HealthTimings;
import io.observability.starter.report.FeatureReport;
import io.observability.starter.report.ReportSource;
import io.observability.starter.settings.InvalidSettingException;
import io.observability.starter.surface.Surface;
import io.observability.starter.surface.SurfaceEndpoint;
import io.observability.starter.surface.autoconfigure.ServletSurfaceAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.CompositeReactiveHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of {@link HealthAutoConfiguration}.
 */
class HealthAutoConfigurationTests {

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(HealthAutoConfiguration.class, ServletSurfaceAutoConfiguration.class,
                ApplicationAvailabilityAutoConfiguration.class, HealthContributorAutoConfiguration.class,
                HealthContributorRegistryAutoConfiguration.class));

    @Test
    void isListed() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, null).getCandidates())
            .contains(HealthAutoConfiguration.class.getName());
    }

    @Test
    void probesHaveTheirPaths() {
        this.runner.run((context) -> assertThat(context.getBeansOfType(SurfaceEndpoint.class).values())
            .extracting(SurfaceEndpoint::path)
            .containsExactlyInAnyOrder("/healthz", "/livez", "/readyz"));
        this.runner
            .withPropertyValues("observability.health.path=/a", "observability.health.liveness-path=/b",
                    "observability.health.readiness-path=/c")
            .run((context) -> assertThat(context.getBeansOfType(SurfaceEndpoint.class).values())
                .extracting(SurfaceEndpoint::path)
                .containsExactlyInAnyOrder("/a", "/b", "/c"));
    }

    @Test
    void indicatorsCompositesAndReactiveOnesAreChecksByName() {
        this.runner
            .withBean("dbHealthIndicator", HealthIndicator.class, () -> () -> Health.up().withDetail("x", "y").build())
            .withBean("poolsHealthContributor", HealthContributor.class,
                    () -> CompositeHealthContributor.fromMap(Map.of("one", up(), "two",
                            CompositeHealthContributor
                                .fromMap(Map.of("deep", (HealthIndicator) Health.down()::build)))))
            .withBean("searchHealthIndicator", ReactiveHealthIndicator.class,
                    () -> () -> Mono.just(Health.outOfService().build()))
            .withBean("shardsHealthContributor", ReactiveHealthContributor.class,
                    () -> CompositeReactiveHealthContributor
                        .fromMap(Map.of("a", (ReactiveHealthIndicator) () -> Mono.just(Health.unknown().build()))))
            .withBean("emptyHealthIndicator", ReactiveHealthIndicator.class, () -> Mono::empty)
            .run((context) -> {
                HealthChecks checks = context.getBean(HealthChecks.class);
                assertThat(checks.names()).containsExactly("db", "empty", "pools/one", "pools/two/deep", "search",
                        "shards/a");
                awaitResults(checks);
                assertThat(checks.states()).extracting(CheckState::status)
                    .containsExactly(HealthStatus.UP, HealthStatus.DOWN, HealthStatus.UP, HealthStatus.DOWN,
                            HealthStatus.OUT_OF_SERVICE, HealthStatus.UNKNOWN);
            });
    }

    @Test
    void statusesOfTheUserFailAsBootMapsThem() {
        this.runner.withBean("oneHealthIndicator", HealthIndicator.class, () -> Health.status("FATAL")::build)
            .withBean("twoHealthIndicator", HealthIndicator.class, () -> Health.status("DEGRADED")::build)
            .withBean(HttpCodeStatusMapper.class, () -> HttpCodeStatusMapper.of(Map.of("fatal", 503, "down", 200)))
            .withBean("threeHealthIndicator", HealthIndicator.class, () -> Health.down()::build)
            .run((context) -> {
                HealthChecks checks = context.getBean(HealthChecks.class);
                awaitResults(checks);
                assertThat(checks.states()).extracting(CheckState::status)
                    .containsExactly(new HealthStatus("FATAL", true), HealthStatus.DOWN,
                            new HealthStatus("DEGRADED", false));
            });
    }

    @Test
    void pingAndAvailabilityAreNoChecks() {
        this.runner.withConfiguration(AutoConfigurations
            .of(org.springframework.boot.health.autoconfigure.application.AvailabilityHealthContributorAutoConfiguration.class))
            .withPropertyValues("management.health.livenessstate.enabled=true",
                    "management.health.readinessstate.enabled=true")
            .run((context) -> {
                assertThat(context.getBean(HealthContributorRegistry.class).stream()).hasSize(3);
                assertThat(context.getBean(HealthChecks.class).names()).isEmpty();
            });
    }

    @Test
    void excludeReplacesTheListOfChecksThatAreNotRun() {
        this.runner.withBean("dbHealthIndicator", HealthIndicator.class, HealthAutoConfigurationTests::up)
            .withPropertyValues("observability.health.exclude=d*")
            .run((context) -> assertThat(context.getBean(HealthChecks.class).names()).containsExactly("ping"));
        this.runner.withPropertyValues("observability.health.exclude=")
            .run((context) -> assertThat(context.getBean(HealthChecks.class).names()).containsExactly("ping"));
    }

    @Test
    void contributorsMayBeRegisteredWhileTheServiceRuns() {
        this.runner.run((context) -> {
            HealthChecks checks = context.getBean(HealthChecks.class);
            context.getBean(HealthContributorRegistry.class).registerContributor("late", up());
            await()
                .untilAsserted(() -> assertThat(checks.states()).extracting(CheckState::name).containsExactly("late"));
        });
    }

    @Test
    void hangingReactiveCheckIsCancelledAtTheTimeout() {
        List<String> events = new CopyOnWriteArrayList<>();
        this.runner
            .withBean("searchHealthIndicator", ReactiveHealthIndicator.class,
                    () -> () -> Mono.<Health>never().doOnCancel(() -> events.add("cancelled")))
            .withPropertyValues("observability.health.timeout=50ms")
            .run((context) -> {
                await().until(() -> events.contains("cancelled"));
                await().untilAsserted(
                        () -> assertThat(context.getBean(HealthChecks.class).states()).extracting(CheckState::status)
                            .containsExactly(HealthStatus.DOWN));
            });
    }

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

    @Test
    void reactiveCheckIsCancelledAtItsOwnTimeout() {
        List<String> events = new CopyOnWriteArrayList<>();
        this.runner
            .withBean("searchHealthIndicator", ReactiveHealthIndicator.class,
                    () -> () -> Mono.<Health>never().doOnCancel(() -> events.add("cancelled")))
            .withPropertyValues("observability.health.timeout=1m", "observability.health.checks.search.timeout=50ms")
            .run((context) -> await().until(() -> events.contains("cancelled")));
    }

    @Test
    void checksAreMetrics() {
        this.runner.withBean("dbHealthIndicator", HealthIndicator.class, HealthAutoConfigurationTests::up)
            .run((context) -> {
                MeterRegistry registry = new SimpleMeterRegistry();
                context.getBean(HealthMeters.class).bindTo(registry);
                await().untilAsserted(
                        () -> assertThat(registry.get("health.check.status").tag("check", "db").gauge().value())
                            .isEqualTo(1));
            });
        HealthMeters mine = new HealthMeters(() -> {
            throw new IllegalStateException();
        });
        this.runner.withBean(HealthMeters.class, () -> mine)
            .run((context) -> assertThat(context.getBean(HealthMeters.class)).isSameAs(mine));
    }

    @Test
    void worksWithoutMicrometer() {
        this.runner.withClassLoader(new FilteredClassLoader(MeterBinder.class))
            .withBean("dbHealthIndicator", HealthIndicator.class, HealthAutoConfigurationTests::up)
            .run((context) -> {
                assertThat(context).doesNotHaveBean("observabilityHealthMeters");
                awaitResults(context.getBean(HealthChecks.class));
            });
    }

    @Test
    void everyListenerHearsWhateverBecomesOfTheOthers() {
        List<String> heard = new CopyOnWriteArrayList<>();
        HealthListener broken = new SilentListener() {
            @Override
            public void added(String check) {
                throw new IllegalStateException("broken");
            }
        };
        this.runner.withBean("a", HealthListener.class, () -> broken)
            .withBean("b", HealthListener.class, () -> new SilentListener() {
                @Override
                public void added(String check) {
                    heard.add(check);
                }
            })
            .withBean("dbHealthIndicator", HealthIndicator.class, HealthAutoConfigurationTests::up)
            .run((context) -> {
                await().until(() -> heard.contains("db"));
                awaitResults(context.getBean(HealthChecks.class));
            });
    }

    @Test
    void userBeansReplaceOurs() {
        HealthListener listener = new LoggingHealthListener();
        Availability availability = new Availability() {

            @Override
            public boolean isLive() {
                return true;
            }

            @Override
            public boolean isReady() {
                return true;
            }

        };
        this.runner.withBean("observabilityHealthListener", HealthListener.class, () -> listener)
            .withBean("mine", Availability.class, () -> availability)
            .run((context) -> {
                assertThat(context.getBeansOfType(HealthListener.class).values()).contains(listener)
                    .hasOnlyElementsOfTypes(LoggingHealthListener.class, HealthMeters.class);
                assertThat(context.getBean(Availability.class)).isSameAs(availability);
            });
    }

    @Test
    void beanOfTheUserAddsChecks() {
        this.runner.withBean("own", HealthCheckSource.class, () -> () -> Map.of("licence", () -> HealthStatus.UP))
            .run((context) -> assertThat(context.getBean(HealthChecks.class).names()).containsExactly("licence"));
    }

    @Test
    void worksWithoutReactor() {
        this.runner.withClassLoader(new FilteredClassLoader("reactor."))
            .withBean("dbHealthIndicator", HealthIndicator.class, HealthAutoConfigurationTests::up)
            .run((context) -> assertThat(context.getBean(HealthChecks.class).names()).containsExactly("db"));
    }

    @Test
    void worksWithoutBootsHealth() {
        new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(HealthAutoConfiguration.class,
                    ApplicationAvailabilityAutoConfiguration.class))
            .withClassLoader(new FilteredClassLoader("org.springframework.boot.health."))
            .run((context) -> {
                assertThat(context).hasNotFailed();
                assertThat(context.getBean(HealthChecks.class).names()).isEmpty();
            });
    }

    @Test
    void isOffWithItsSwitchAndWithTheStartersSwitch() {
        for (String property : new String[] { "observability.enabled=false", "observability.health.enabled=false" }) {
            this.runner.withPropertyValues(property)
                .run((context) -> assertThat(context).doesNotHaveBean(HealthChecks.class)
                    .doesNotHaveBean(SurfaceEndpoint.class));
        }
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

    @Test
    void reportTellsPathsAndChecks() {
        this.runner.withBean("dbHealthIndicator", HealthIndicator.class, HealthAutoConfigurationTests::up)
            .withPropertyValues("observability.health.readiness.include=nosuch")
            .run((context) -> {
                FeatureReport report = report(context.getBean("observabilityHealthReport", ReportSource.class));
                assertThat(report.state()).isEqualTo(FeatureReport.State.ON);
                assertThat(report.summary()).isEqualTo("/healthz, /livez, /readyz; checks db every 10s");
                assertThat(report.details()).containsEntry("checks", List.of("db"))
                    .containsEntry("timeout", "2s")
                    .containsEntry("staleAfter", "30s");
                assertThat(report.missing()).singleElement().asString().contains("readiness.include");
                context.getBean(Surface.class).stepBack(List.of("/healthz"));
                report = report(context.getBean("observabilityHealthReport", ReportSource.class));
                assertThat(report.state()).isEqualTo(FeatureReport.State.STEPPED_BACK);
                assertThat(report.summary())
                    .isEqualTo("/livez, /readyz; the application itself answers /healthz; checks db every 10s");
            });
    }

    @Test
    void serviceWithoutAWebServerRunsNoChecks() {
        new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(HealthAutoConfiguration.class,
                    ApplicationAvailabilityAutoConfiguration.class))
            .run((context) -> {
                assertThat(context.getBean(HealthLifecycle.class).isRunning()).isFalse();
                FeatureReport report = report(context.getBean(ReportSource.class));
                assertThat(report.state()).isEqualTo(FeatureReport.State.OFF);
                assertThat(report.missing()).singleElement().asString().contains("spring-boot-starter-webmvc");
            });
    }

    private static FeatureReport report(ReportSource source) {
        return source.report();
    }

    private static HealthIndicator up() {
        return Health.up()::build;
    }

    private static void awaitResults(HealthChecks checks) {
        await().untilAsserted(() -> assertThat(checks.states()).isNotEmpty()
            .extracting(CheckState::basis)
            .doesNotContain(CheckState.Basis.NONE));
    }

    private abstract static class SilentListener implements HealthListener {

        @Override
        public void changed(CheckState before, CheckState now) {
        }

        @Override
        public void listingFailed(Throwable failure) {
        }

        @Override
        public void tooManyChecks(int limit) {
        }

    }

}
