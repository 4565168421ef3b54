package io.observability.starter.surface.autoconfigure;

import java.util.List;

import io.observability.starter.report.FeatureReport;
import io.observability.starter.report.ReportSource;
import io.observability.starter.surface.Surface;
import io.observability.starter.surface.reactive.ReactivePathClaims;
import io.observability.starter.surface.reactive.SurfaceWebFilter;
import io.observability.starter.surface.servlet.ServletPathClaims;
import io.observability.starter.surface.servlet.SurfaceFilter;
import io.observability.starter.surface.servlet.SurfaceServlet;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.servlet.DispatcherServlet;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the auto-configurations of the starter's own paths.
 */
class SurfaceAutoConfigurationTests {

    private static final AutoConfigurations ALL = AutoConfigurations.of(ServletSurfaceAutoConfiguration.class,
            ReactiveSurfaceAutoConfiguration.class, NoWebSurfaceAutoConfiguration.class);

    private final WebApplicationContextRunner servlet = new WebApplicationContextRunner().withConfiguration(ALL);

    private final ReactiveWebApplicationContextRunner reactive = new ReactiveWebApplicationContextRunner()
        .withConfiguration(ALL);

    @Test
    void areListed() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, null).getCandidates()).contains(
                ServletSurfaceAutoConfiguration.class.getName(), ReactiveSurfaceAutoConfiguration.class.getName(),
                NoWebSurfaceAutoConfiguration.class.getName());
        assertThat(ImportCandidates.load(ManagementContextConfiguration.class, null).getCandidates()).contains(
                ServletSurfaceManagementConfiguration.class.getName(),
                ReactiveSurfaceManagementConfiguration.class.getName());
    }

    @Test
    void servletApplicationGetsTwoFilters() {
        this.servlet.run((context) -> {
            assertThat(context).hasSingleBean(Surface.class)
                .hasSingleBean(ServletPathClaims.class)
                .doesNotHaveBean(SurfaceServlet.class)
                .doesNotHaveBean(SurfaceWebFilter.class);
            assertThat(context.getBeansOfType(FilterRegistrationBean.class))
                .containsOnlyKeys("observabilityProbeFilter", "observabilityScrapeFilter");
            // Without an endpoint no filter is mapped, least of all to every path.
            assertThat(context.getBean("observabilityProbeFilter", FilterRegistrationBean.class).isEnabled()).isFalse();
        });
    }

    @Test
    void reactiveApplicationGetsTwoFilters() {
        this.reactive.run((context) -> {
            assertThat(context).hasSingleBean(Surface.class).hasSingleBean(ReactivePathClaims.class);
            assertThat(context.getBeansOfType(SurfaceWebFilter.class)).containsOnlyKeys("observabilityProbeWebFilter",
                    "observabilityScrapeWebFilter");
        });
    }

    @Test
    void scrapesLeaveTheApplicationPortForAManagementPort() {
        this.servlet.withPropertyValues("management.server.port=0")
            .run((context) -> assertThat(context.getBeansOfType(FilterRegistrationBean.class))
                .containsOnlyKeys("observabilityProbeFilter"));
        this.reactive.withPropertyValues("management.server.port=0")
            .run((context) -> assertThat(context.getBeansOfType(SurfaceWebFilter.class))
                .containsOnlyKeys("observabilityProbeWebFilter"));
    }

    @Test
    void backOffForBeansOfTheUser() {
        Surface own = new Surface(List.of());
        FilterRegistrationBean<SurfaceFilter> filter = new FilterRegistrationBean<>(new SurfaceFilter(own));
        filter.setEnabled(false);
        this.servlet.withBean("own", Surface.class, () -> own)
            .withBean("observabilityProbeFilter", FilterRegistrationBean.class, () -> filter)
            .run((context) -> {
                assertThat(context.getBean(Surface.class)).isSameAs(own);
                assertThat(context.getBean("observabilityProbeFilter")).isSameAs(filter);
            });
        this.reactive.withBean("own", Surface.class, () -> own)
            .run((context) -> assertThat(context.getBean(Surface.class)).isSameAs(own));
    }

    @Test
    void backOffWithoutTheWebStack() {
        this.servlet.withClassLoader(new FilteredClassLoader(DispatcherServlet.class))
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SurfaceFilter.class));
        this.reactive.withClassLoader(new FilteredClassLoader(DispatcherHandler.class))
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SurfaceWebFilter.class));
    }

    @Test
    void areOffWithTheirSwitchAndWithTheStartersSwitch() {
        for (String property : new String[] { "observability.enabled=false", "observability.surface.enabled=false" }) {
            this.servlet.withPropertyValues(property)
                .run((context) -> assertThat(context).doesNotHaveBean(Surface.class)
                    .doesNotHaveBean(FilterRegistrationBean.class));
            this.reactive.withPropertyValues(property)
                .run((context) -> assertThat(context).doesNotHaveBean(Surface.class)
                    .doesNotHaveBean(SurfaceWebFilter.class));
        }
    }

    @Test
    void serviceWithoutAWebServerReportsWhatItLacks() {
        new ApplicationContextRunner().withConfiguration(ALL).run((context) -> {
            assertThat(context).doesNotHaveBean(Surface.class);
            FeatureReport report = context.getBean(ReportSource.class).report();
            assertThat(report.missing()).isNotEmpty();
        });
    }

}
