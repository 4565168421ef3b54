package io.observability.starter.logging.autoconfigure;

import ch.qos.logback.classic.LoggerContext;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.logging.LogbackMetrics;
import io.observability.starter.logging.LineAppender;
import io.observability.starter.pipeline.CompletenessSource;
import io.observability.starter.pipeline.PipelineSource;
import io.observability.starter.report.ReportSource;
import io.observability.starter.settings.autoconfigure.ConditionalOnFeature;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the log lines. The lines themselves are set up before there is an
 * application context, by {@link LineLoggingSystem}; what is left to do here is to
 * account for them.
 *
 * @since 0.1.0
 */
@AutoConfiguration(
        beforeName = "org.springframework.boot.micrometer.metrics.autoconfigure.logging.logback.LogbackMetricsAutoConfiguration")
@ConditionalOnFeature("logging")
@EnableConfigurationProperties(LoggingProperties.class)
public final class LoggingAutoConfiguration implements BeanClassLoaderAware {

    private ClassLoader classLoader = LoggingAutoConfiguration.class.getClassLoader();

    LoggingAutoConfiguration() {
    }

    @Override
    public void setBeanClassLoader(ClassLoader classLoader) {
        this.classLoader = classLoader;
    }

    @Bean
    @ConditionalOnMissingBean(name = "observabilityLoggingReport")
    ReportSource observabilityLoggingReport(Environment environment, ObjectProvider<LineStates> states) {
        // A wrong setting stops the start here too, where no post-processor ran.
        LoggingSettings.of(environment);
        return new LoggingReport(environment, LoggingPlan.of(environment, this.classLoader), states.getIfAvailable());
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({ LoggerContext.class, MeterBinder.class })
    static class LogbackConfiguration {

        private final RunningLines lines = new RunningLines(LoggerFactory::getILoggerFactory);

        @Bean
        @ConditionalOnMissingBean(name = "observabilityLinePipeline")
        PipelineSource observabilityLinePipeline() {
            return this.lines;
        }

        @Bean
        @ConditionalOnMissingBean(name = "observabilityLineCompleteness")
        CompletenessSource observabilityLineCompleteness() {
            return this.lines::completeness;
        }

        @Bean
        @ConditionalOnMissingBean(name = "observabilityLineMeters")
        MeterBinder observabilityLineMeters() {
            return new LineMeters(this.lines);
        }

        @Bean
        @ConditionalOnMissingBean(LogbackMetrics.class)
        @Conditional(OnLogbackCondition.class)
        LogEventMeters observabilityLogEventMeters() {
            return new LogEventMeters(this.lines, (LoggerContext) LoggerFactory.getILoggerFactory());
        }

        @Bean
        @ConditionalOnMissingBean(name = "observabilityLineFlush")
        SmartLifecycle observabilityLineFlush(LoggingProperties properties) {
            return new LineFlush(this.lines, properties.getShutdownTimeout());
        }

        @Bean
        @ConditionalOnMissingBean
        LineStates observabilityLineStates() {
            return () -> this.lines.appenders().stream().anyMatch(LineAppender::isStarted);
        }

    }

    /**
     * Whether lines are written; a type of its own so that it is known without Logback.
     */
    @FunctionalInterface
    interface LineStates {

        boolean running();

    }

}
