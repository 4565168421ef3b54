package io.observability.starter.context.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.micrometer.context.ContextRegistry;
import io.observability.starter.context.HeaderTags;
import io.observability.starter.context.RequestIds;
import io.observability.starter.context.Unobserved;
import io.observability.starter.context.reactive.RequestIdHandlerDecorator;
import io.observability.starter.context.servlet.IncomingContext;
import io.observability.starter.context.servlet.RequestIdFilter;
import io.observability.starter.report.FeatureReport;
import io.observability.starter.report.ReportSource;
import io.observability.starter.settings.InvalidSettingException;
import jakarta.servlet.DispatcherType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpRequest;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.servlet.DispatcherServlet;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the auto-configurations of the context.
 */
class ContextAutoConfigurationTests {

    private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(ContextAutoConfiguration.class,
            ServletRequestIdAutoConfiguration.class, ReactiveRequestIdAutoConfiguration.class);

    private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(CONFIGURATIONS);

    private final WebApplicationContextRunner servletRunner = new WebApplicationContextRunner()
        .withConfiguration(CONFIGURATIONS);

    private final ReactiveWebApplicationContextRunner reactiveRunner = new ReactiveWebApplicationContextRunner()
        .withConfiguration(CONFIGURATIONS);

    @Test
    void areListed() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader())).contains(
                ContextAutoConfiguration.class.getName(), ServletRequestIdAutoConfiguration.class.getName(),
                ReactiveRequestIdAutoConfiguration.class.getName());
    }

    @Test
    void servletApplicationGetsTheOutermostFilterForEachDispatch() {
        this.servletRunner.run((context) -> {
            FilterRegistrationBean<?> registration = context.getBean("observabilityRequestIdFilter",
                    FilterRegistrationBean.class);
            assertThat(registration.getFilter()).isInstanceOf(RequestIdFilter.class);
            assertThat(registration.getOrder()).isEqualTo(Ordered.HIGHEST_PRECEDENCE + 1);
            assertThat(registration.isAsyncSupported()).isTrue();
            assertThat(registration.determineDispatcherTypes()).containsExactlyInAnyOrder(DispatcherType.REQUEST,
                    DispatcherType.ASYNC, DispatcherType.ERROR);
            assertThat(context).doesNotHaveBean(RequestIdHandlerDecorator.class);
            assertThat(report(context.getBean(ReportSource.class)).summary()).isEqualTo(
                    "request id from X-Request-Id, made if absent or invalid; executors carry the caller's context, 0 made so far");
        });
    }

    @Test
    void reactiveApplicationGetsTheDecorator() {
        this.reactiveRunner.run((context) -> {
            assertThat(context).hasSingleBean(RequestIdHandlerDecorator.class);
            assertThat(context).doesNotHaveBean("observabilityRequestIdFilter");
            assertThat(report(context.getBean(ReportSource.class)).missing()).singleElement()
                .asString()
                .contains("spring.reactor.context-propagation=auto");
        });
        this.reactiveRunner.withPropertyValues("spring.reactor.context-propagation=auto")
            .run((context) -> assertThat(report(context.getBean(ReportSource.class)).missing()).isEmpty());
    }

    @Test
    void applicationWithoutAWebServerIsToldWhatItLacks() {
        this.runner.run((context) -> {
            assertThat(context).doesNotHaveBean("observabilityRequestIdFilter");
            assertThat(context).doesNotHaveBean(RequestIdHandlerDecorator.class);
            assertThat(context).hasSingleBean(ExecutorContextPostProcessor.class)
                .hasSingleBean(RequestIdSenderHandler.class);
            FeatureReport report = report(context.getBean(ReportSource.class));
            assertThat(report.feature()).isEqualTo("context");
            assertThat(report.summary()).isEqualTo("executors carry the caller's context, 0 made so far");
            assertThat(report.missing()).singleElement().asString().contains("spring-boot-starter-webmvc");
        });
    }

    @Test
    void reportNamesTheExecutors() {
        this.runner.withUserConfiguration(ExecutorsConfiguration.class).run((context) -> {
            FeatureReport report = report(context.getBean(ReportSource.class));
            assertThat(report.summary()).isEqualTo("executors carry the caller's context, 1 made so far");
            assertThat(report.details()).containsEntry("executors", List.of("pool"));
            assertThat(report.missing()).anySatisfy((text) -> assertThat(text).contains("priorityPool"));
        });
    }

    @Test
    void headersThatAreTagsAreCheckedAndReported() {
        this.servletRunner
            .withPropertyValues("observability.context.tags.headers.customer_tier=X-Tier",
                    "observability.context.tags.headers.sales-channel=X-Channel")
            .run((context) -> assertThat(report(context.getBean(ReportSource.class)).details())
                .containsEntry("businessTagHeaders", Map.of("customer_tier", "X-Tier", "sales-channel", "X-Channel")));
        this.runner.withPropertyValues("observability.context.tags.headers.tenant=X Tenant")
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("'observability.context.tags.headers.tenant' has the value 'X Tenant'"));
        this.runner.withPropertyValues("observability.context.tags.headers.trace_id=X-Trace")
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("'observability.context.tags.headers.trace_id' has the value 'X-Trace'"));
    }

    @Test
    void backsOffForTheBeansOfTheApplication() {
        this.servletRunner.withUserConfiguration(OwnFilterConfiguration.class)
            .run((context) -> assertThat(context).doesNotHaveBean("observabilityRequestIdFilter"));
        this.reactiveRunner.withUserConfiguration(OwnDecoratorConfiguration.class)
            .run((context) -> assertThat(context).hasSingleBean(RequestIdHandlerDecorator.class)
                .hasBean("ownDecorator"));
        this.runner
            .withBean("observabilityContextReport", ReportSource.class,
                    () -> () -> FeatureReport.on("context", "own", Map.of()))
            .run((context) -> assertThat(report(context.getBean(ReportSource.class)).summary()).isEqualTo("own"));
    }

    @Test
    void backsOffWithoutTheClassesThatItNeeds() {
        this.servletRunner.withClassLoader(new FilteredClassLoader(DispatcherServlet.class))
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("observabilityRequestIdFilter"));
        this.reactiveRunner.withClassLoader(new FilteredClassLoader(DispatcherHandler.class))
            .run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RequestIdHandlerDecorator.class));
        this.runner.withClassLoader(new FilteredClassLoader(HttpRequest.class))
            .run((context) -> assertThat(context).hasNotFailed()
                .doesNotHaveBean("observabilityRequestIdSenderHandler"));
    }

    @Test
    void propertiesReachTheFilter() {
        this.servletRunner
            .withPropertyValues("observability.context.request-id.header=X-Correlation-Id",
                    "observability.context.request-id.accept=false", "observability.context.request-id.respond=false")
            .run((context) -> {
                Object filter = context.getBean("observabilityRequestIdFilter", FilterRegistrationBean.class)
                    .getFilter();
                assertThat(ReflectionTestUtils.getField(filter, "incoming"))
                    .hasFieldOrPropertyWithValue("header", "X-Correlation-Id")
                    .hasFieldOrPropertyWithValue("accept", false)
                    .hasFieldOrPropertyWithValue("respond", false);
                assertThat(ReflectionTestUtils.getField(context.getBean(RequestIdSenderHandler.class), "header"))
                    .isEqualTo("X-Correlation-Id");
                assertThat(report(context.getBean(ReportSource.class)).summary())
                    .startsWith("request id from X-Correlation-Id never taken, always made");
            });
    }

    @Test
    void propagationCanBeSwitchedOff() {
        this.runner.withPropertyValues("observability.context.request-id.propagate=false")
            .run((context) -> assertThat(context).doesNotHaveBean(RequestIdSenderHandler.class));
    }

    @Test
    void executorsCanBeSwitchedOff() {
        this.runner.withUserConfiguration(ExecutorsConfiguration.class)
            .withPropertyValues("observability.context.executors.enabled=false")
            .run((context) -> {
                assertThat(context).doesNotHaveBean(ExecutorContextPostProcessor.class);
                assertThat(AopUtils.isAopProxy(context.getBean("pool"))).isFalse();
                assertThat(report(context.getBean(ReportSource.class)).summary())
                    .isEqualTo("executors do not carry the caller's context");
            });
    }

    @Test
    void executorsCanBeExcludedByName() {
        this.runner.withUserConfiguration(ExecutorsConfiguration.class)
            .withPropertyValues("observability.context.executors.exclude=other,po*")
            .run((context) -> assertThat(AopUtils.isAopProxy(context.getBean("pool"))).isFalse());
        this.runner.withUserConfiguration(ExecutorsConfiguration.class)
            .withPropertyValues("observability.context.executors.exclude=poo")
            .run((context) -> assertThat(AopUtils.isAopProxy(context.getBean("pool"))).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = { "observability.enabled=false", "observability.context.enabled=false" })
    void canBeSwitchedOff(String property) {
        this.servletRunner.withPropertyValues(property)
            .withUserConfiguration(ExecutorsConfiguration.class)
            .run((context) -> {
                assertThat(context).doesNotHaveBean(ReportSource.class)
                    .doesNotHaveBean("observabilityRequestIdFilter")
                    .doesNotHaveBean(RequestIdSenderHandler.class);
                assertThat(AopUtils.isAopProxy(context.getBean("pool"))).isFalse();
            });
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "X Request", "X-Request-Id:", "X-\u00c4" })
    void headerThatIsNoneStopsTheStart(String header) {
        this.servletRunner.withPropertyValues("observability.context.request-id.header=" + header)
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("'observability.context.request-id.header'")
                .hasMessageContaining("'" + header + "'")
                .hasMessageContaining("1 to 64 letters, digits"));
    }

    @Test
    void emptyNameOfAnExecutorStopsTheStart() {
        this.runner.withPropertyValues("observability.context.executors.exclude[0]= ")
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("'observability.context.executors.exclude'")
                .hasMessageContaining("names of beans"));
    }

    @Test
    void accessorsAreRegisteredOnceForSeveralContexts() {
        for (int i = 0; i < 3; i++) {
            this.runner.run((context) -> assertThat(context).hasNotFailed());
        }
        assertThat(ContextRegistry.getInstance().getThreadLocalAccessors())
            .filteredOn((accessor) -> accessor.key().equals(RequestIds.ATTRIBUTE))
            .hasSize(1);
        assertThat(ContextRegistry.getInstance().getThreadLocalAccessors())
            .filteredOn((accessor) -> accessor.key().equals(Unobserved.KEY))
            .hasSize(1);
    }

    private static FeatureReport report(ReportSource source) {
        return source.report();
    }

    @Configuration(proxyBeanMethods = false)
    static class ExecutorsConfiguration {

        @Bean
        ExecutorService pool() {
            return Executors.newFixedThreadPool(1);
        }

        @Bean
        ThreadPoolExecutor priorityPool() {
            return new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new PriorityBlockingQueue<>());
        }

    }

    @Configuration(proxyBeanMethods = false)
    static class OwnFilterConfiguration {

        @Bean
        FilterRegistrationBean<RequestIdFilter> ownFilter() {
            return new FilterRegistrationBean<>(
                    new RequestIdFilter(new IncomingContext("X-Own", true, true, HeaderTags.NONE)));
        }

    }

    @Configuration(proxyBeanMethods = false)
    static class OwnDecoratorConfiguration {

        @Bean
        RequestIdHandlerDecorator ownDecorator() {
            return new RequestIdHandlerDecorator("X-Own", true, true, HeaderTags.NONE);
        }

    }

}
