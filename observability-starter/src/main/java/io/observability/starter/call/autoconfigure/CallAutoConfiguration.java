package io.observability.starter.call.autoconfigure;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.observability.starter.call.CallEngine;
import io.observability.starter.call.CallHandler;
import io.observability.starter.call.CallReader;
import io.observability.starter.call.CallTimes;
import io.observability.starter.call.CallTracing;
import io.observability.starter.call.reactive.WebCallConvention;
import io.observability.starter.call.reactive.WebCallReader;
import io.observability.starter.call.servlet.RestCallConvention;
import io.observability.starter.call.servlet.RestCallReader;
import io.observability.starter.context.autoconfigure.ContextAutoConfiguration;
import io.observability.starter.context.autoconfigure.ContextProperties;
import io.observability.starter.report.ReportSource;
import io.observability.starter.request.autoconfigure.EngineChoice;
import io.observability.starter.request.autoconfigure.EngineReport;
import io.observability.starter.settings.autoconfigure.ConditionalOnFeature;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationRegistryCustomizer;
import org.springframework.boot.restclient.observation.ObservationRestClientCustomizer;
import org.springframework.boot.restclient.observation.ObservationRestTemplateCustomizer;
import org.springframework.boot.webclient.observation.ObservationWebClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.client.observation.ClientRequestObservationContext;

/**
 * Auto-configuration of who observes the calls of HTTP clients: the starter itself, or
 * Spring's observation. Spring Boot gives its clients the application's registry, in the
 * place of which those here give one that does what is needed and no more.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ContextAutoConfiguration.class,
        afterName = { "io.observability.starter.tracing.autoconfigure.CallTracingAutoConfiguration",
                "io.observability.starter.metrics.autoconfigure.MetricsAutoConfiguration" })
@ConditionalOnFeature("http.client")
@ConditionalOnClass({ ClientRequestObservationContext.class, OtelTracer.class, ObservationRegistryCustomizer.class })
@EnableConfigurationProperties(HttpClientProperties.class)
public final class CallAutoConfiguration {

    CallAutoConfiguration() {
    }

    @Bean
    @ConditionalOnMissingBean
    CallEngine observabilityCallEngine(ConfigurableListableBeanFactory beanFactory, Environment environment,
            HttpClientProperties properties) {
        return new EngineChoice<>("observability.http.client.engine", CallEngine::new).choose(properties.getEngine(),
                obstacle(beanFactory), new CallObservationChanges(beanFactory, environment)::find);
    }

    @Bean
    @ConditionalOnMissingBean(name = "observabilityHttpClientReport")
    ReportSource observabilityHttpClientReport(CallEngine engine) {
        return new EngineReport("http-client", "calls", engine, "the starter's own observation");
    }

    private static @Nullable String obstacle(ConfigurableListableBeanFactory beanFactory) {
        if (beanFactory.getBeanNamesForType(CallTracing.class, true, false).length == 0) {
            return "the starter does not trace calls";
        }
        return (beanFactory.getBeanNamesForType(CallTimes.class, true, false).length == 0)
                ? "the starter does not measure calls" : null;
    }

    private static <C extends Observation.Context> ObservationRegistry registry(CallReader<C> reader,
            BeanFactory beans) {
        ContextProperties context = beans.getBeanProvider(ContextProperties.class).getIfAvailable();
        String header = (context != null && context.getRequestId().isPropagate()) ? context.getRequestId().getHeader()
                : null;
        return new CallHandler<>(reader, beans.getBean(CallTimes.class), beans.getBean(CallTracing.class), header)
            .registry();
    }

    /**
     * <code>RestClient</code>, and the interfaces that stand on it.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ObservationRestClientCustomizer.class)
    static class RestClientConfiguration {

        @Bean
        @ConditionalOnMissingBean(name = "observabilityRestClientCalls")
        static CustomizerReplacement observabilityRestClientCalls(ObjectProvider<CallEngine> engine,
                BeanFactory beans) {
            return new CustomizerReplacement("observationRestClientCustomizer", engine,
                    () -> new ObservationRestClientCustomizer(registry(new RestCallReader(), beans),
                            new RestCallConvention()));
        }

    }

    /**
     * <code>RestTemplate</code>.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ObservationRestTemplateCustomizer.class)
    static class RestTemplateConfiguration {

        @Bean
        @ConditionalOnMissingBean(name = "observabilityRestTemplateCalls")
        static CustomizerReplacement observabilityRestTemplateCalls(ObjectProvider<CallEngine> engine,
                BeanFactory beans) {
            return new CustomizerReplacement("observationRestTemplateCustomizer", engine,
                    () -> new ObservationRestTemplateCustomizer(registry(new RestCallReader(), beans),
                            new RestCallConvention()));
        }

    }

    /**
     * <code>WebClient</code>, and the interfaces that stand on it.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ObservationWebClientCustomizer.class)
    static class WebClientConfiguration {

        @Bean
        @ConditionalOnMissingBean(name = "observabilityWebClientCalls")
        static CustomizerReplacement observabilityWebClientCalls(ObjectProvider<CallEngine> engine, BeanFactory beans) {
            return new CustomizerReplacement("observationWebClientCustomizer", engine,
                    () -> new ObservationWebClientCustomizer(registry(new WebCallReader(), beans),
                            new WebCallConvention()));
        }

    }

}
