package io.observability.starter.logging.autoconfigure;

import io.observability.starter.report.ReportSource;
import io.observability.starter.settings.autoconfigure.ConditionalOnFeature;

import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the log lines. The lines themselves are set up before there is an
 * application context; what is left to do here is to say so in the start-up report.
 *
 * @since 0.1.0
 */
@AutoConfiguration
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
    ReportSource observabilityLoggingReport(Environment environment) {
        // An unknown format stops the start here too, where no post-processor ran.
        return new LoggingReport(environment, LoggingPlan.of(environment, this.classLoader));
    }

}
