package io.observability.starter.health.autoconfigure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.observability.starter.health.Availability;
import io.observability.starter.health.CheckState;
import io.observability.starter.health.HealthChecks;
import io.observability.starter.health.HealthListener;
import io.observability.starter.report.FeatureReport;
import io.observability.starter.report.ReportSource;
import io.observability.starter.surface.Surface;
import io.observability.starter.surface.SurfaceEndpoint;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of {@link HealthAutoConfiguration}.
 */
class HealthAutoConfigurationTests extends HealthContexts {

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
