package io.observability.starter.settings.autoconfigure;

import java.io.IOException;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.ResourcePropertySource;

/**
 * Adds the defaults that the starter changes in Spring Boot, behind every other source:
 * whatever the user sets wins.
 */
final class DefaultSettingsEnvironmentPostProcessor implements EnvironmentPostProcessor {

    private static final String NAME = "observabilityStarterDefaults";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (environment.getPropertySources().contains(NAME)
                || !environment.getProperty("observability.enabled", Boolean.class, true)) {
            return;
        }
        try {
            environment.getPropertySources()
                .addLast(new ResourcePropertySource(NAME,
                        new ClassPathResource("defaults.properties", DefaultSettingsEnvironmentPostProcessor.class)));
        }
        catch (IOException ex) {
            throw new IllegalStateException("The starter's defaults are missing from its jar", ex);
        }
    }

}
