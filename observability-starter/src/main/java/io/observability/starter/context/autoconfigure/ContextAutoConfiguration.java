package io.observability.starter.context.autoconfigure;

import java.util.List;

import io.micrometer.context.ContextRegistry;
import io.observability.starter.context.ContextAccessors;
import io.observability.starter.report.ReportSource;
import io.observability.starter.settings.InvalidSettingException;
import io.observability.starter.settings.SettingChecks;
import io.observability.starter.settings.autoconfigure.ConditionalOnFeature;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpRequest;
import org.springframework.util.PatternMatchUtils;
import org.springframework.util.StringUtils;

/**
 * Auto-configuration of the context that travels with a request: through every executor
 * bean, and to the services that are called.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnFeature("context")
@EnableConfigurationProperties(ContextProperties.class)
public final class ContextAutoConfiguration {

    ContextAutoConfiguration(ContextProperties properties) {
        SettingChecks.headerName("observability.context.request-id.header", properties.getRequestId().getHeader());
        TagSettings.headerTags(properties);
        for (String pattern : properties.getExecutors().getExclude()) {
            if (!StringUtils.hasText(pattern)) {
                throw new InvalidSettingException("observability.context.executors.exclude", pattern,
                        "names of beans, in which '*' stands for any characters");
            }
        }
        ContextAccessors.register(ContextRegistry.getInstance());
    }

    @Bean
    @ConditionalOnMissingBean(name = "observabilityContextReport")
    ReportSource observabilityContextReport(ContextProperties properties, ObjectProvider<RequestIdSource> sources,
            ObjectProvider<ExecutorContextPostProcessor> executors, Environment environment) {
        return new ContextReport(properties, sources, executors, environment);
    }

    /**
     * Tasks carry the context of their caller.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty(name = "observability.context.executors.enabled", matchIfMissing = true)
    static class ExecutorConfiguration {

        @Bean
        @ConditionalOnMissingBean
        static ExecutorContextPostProcessor observabilityExecutorContextPostProcessor(
                ConfigurableListableBeanFactory beanFactory, ObjectProvider<ContextProperties> properties) {
            // Asked when the first executor is made: the properties are not bound before.
            return new ExecutorContextPostProcessor(beanFactory, (name) -> {
                List<String> excluded = properties.getObject().getExecutors().getExclude();
                return PatternMatchUtils.simpleMatch(excluded.toArray(String[]::new), name);
            });
        }

    }

    /**
     * HTTP clients pass the request id on.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HttpRequest.class)
    @ConditionalOnBooleanProperty(name = "observability.context.request-id.propagate", matchIfMissing = true)
    static class PropagationConfiguration {

        @Bean
        @ConditionalOnMissingBean
        RequestIdSenderHandler observabilityRequestIdSenderHandler(ContextProperties properties) {
            return new RequestIdSenderHandler(properties.getRequestId().getHeader());
        }

    }

}
