package io.observability.starter.logging.autoconfigure;

import io.observability.starter.logging.access.AccessLinePolicy;
import io.observability.starter.logging.access.AccessLog;
import io.observability.starter.logging.reactive.AccessLineDecorator;
import io.observability.starter.logging.reactive.AccessLineWebFilter;
import io.observability.starter.logging.servlet.AccessDetails;
import io.observability.starter.logging.servlet.AccessLineFilter;
import io.observability.starter.report.FeatureReport;
import io.observability.starter.report.ReportSource;
import jakarta.servlet.DispatcherType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.Ordered;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.servlet.DispatcherServlet;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the auto-configurations of the access line.
 */
class AccessLineAutoConfigurationTests {

    private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations
        .of(ServletAccessLineAutoConfiguration.class, ReactiveAccessLineAutoConfiguration.class);

    private final WebApplicationContextRunner servletRunner = new WebApplicationContextRunner()
        .withConfiguration(CONFIGURATIONS);

    private final ReactiveWebApplicationContextRunner reactiveRunner = new ReactiveWebApplicationContextRunner()
        .withConfiguration(CONFIGURATIONS);

    @Test
    void areListed() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader())).contains(
                ServletAccessLineAutoConfiguration.class.getName(),
                ReactiveAccessLineAutoConfiguration.class.getName());
    }

    @Test
    void servletApplicationGetsTheFilterInsideTheObservation() {
        this.servletRunner.run((context) -> {
            FilterRegistrationBean<?> registration = context.getBean("observabilityAccessLineFilter",
                    FilterRegistrationBean.class);
            assertThat(registration.getFilter()).isInstanceOf(AccessLineFilter.class);
            assertThat(registration.getOrder()).isEqualTo(Ordered.HIGHEST_PRECEDENCE + 3);
            assertThat(registration.determineDispatcherTypes()).containsExactlyInAnyOrder(DispatcherType.REQUEST,
                    DispatcherType.ASYNC);
            assertThat(context).hasSingleBean(AccessLog.class)
                .hasSingleBean(AccessLinePolicy.class)
                .doesNotHaveBean(AccessLineDecorator.class);
            assertThat(context.getBean(AccessLinePolicy.class).shouldLog(200, 1, "/")).isTrue();
            FeatureReport report = context.getBean(ReportSource.class).report();
            assertThat(report.feature()).isEqualTo("logging.access");
            assertThat(report.summary()).isEqualTo("one line a request");
        });
    }

    @Test
    void reactiveApplicationGetsDecoratorAndFilter() {
        this.reactiveRunner.run((context) -> {
            assertThat(context).hasSingleBean(AccessLineDecorator.class)
                .hasSingleBean(AccessLineWebFilter.class)
                .doesNotHaveBean("observabilityAccessLineFilter");
            assertThat(context.getBean(AccessLineWebFilter.class).getOrder()).isEqualTo(Ordered.HIGHEST_PRECEDENCE + 2);
        });
    }

    @Test
    void reportNamesWhatIsAdded() {
        String[] added = { "observability.logging.access.path=true", "observability.logging.access.client-address=true",
                "observability.logging.access.user-agent=true" };
        this.servletRunner.withPropertyValues(added)
            .run((context) -> assertThat(context.getBean(ReportSource.class).report().summary())
                .isEqualTo("one line a request, with path, client address, user agent"));
        this.reactiveRunner.withPropertyValues(added)
            .run((context) -> assertThat(context.getBean(ReportSource.class).report().summary())
                .isEqualTo("one line a request, with path, client address, user agent"));
    }

    @Test
    void backsOffForTheBeansOfTheApplication() {
        AccessLinePolicy policy = (status, nanos, route) -> status >= 500;
        AccessLog log = new AccessLog(policy, System::nanoTime);
        this.servletRunner.withBean("ownPolicy", AccessLinePolicy.class, () -> policy)
            .withBean("ownLog", AccessLog.class, () -> log)
            .withBean("ownFilter", AccessLineFilter.class,
                    () -> new AccessLineFilter(log, AccessPathsTests.NONE, new AccessDetails(false, false, false)))
            .run((context) -> assertThat(context).hasSingleBean(AccessLinePolicy.class)
                .hasSingleBean(AccessLog.class)
                .doesNotHaveBean("observabilityAccessLineFilter"));
        this.reactiveRunner.withBean("ownPolicy", AccessLinePolicy.class, () -> policy)
            .withBean("ownLog", AccessLog.class, () -> log)
            .withBean("ownDecorator", AccessLineDecorator.class,
                    () -> new AccessLineDecorator(log, AccessPathsTests.NONE, false, false, false))
            .withBean("ownFilter", AccessLineWebFilter.class, AccessLineWebFilter::new)
            .run((context) -> assertThat(context).hasSingleBean(AccessLinePolicy.class)
                .hasSingleBean(AccessLog.class)
                .hasSingleBean(AccessLineDecorator.class)
                .hasSingleBean(AccessLineWebFilter.class));
    }

    @Test
    void backsOffWithoutTheClassesThatItNeeds() {
        this.servletRunner.withClassLoader(new FilteredClassLoader(DispatcherServlet.class))
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AccessLog.class));
        this.reactiveRunner.withClassLoader(new FilteredClassLoader(DispatcherHandler.class))
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AccessLog.class));
        new ApplicationContextRunner().withConfiguration(CONFIGURATIONS)
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AccessLog.class));
    }

    @ParameterizedTest
    @ValueSource(strings = { "observability.logging.access.enabled=false", "observability.logging.enabled=false",
            "observability.enabled=false" })
    void isSwitchedOff(String property) {
        this.servletRunner.withPropertyValues(property)
            .run((context) -> assertThat(context).doesNotHaveBean(AccessLog.class));
        this.reactiveRunner.withPropertyValues(property)
            .run((context) -> assertThat(context).doesNotHaveBean(AccessLog.class));
    }

}
