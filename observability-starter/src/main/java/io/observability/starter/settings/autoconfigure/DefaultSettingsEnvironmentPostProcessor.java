package io.observability.starter.settings.autoconfigure;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.DefaultPropertiesPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/**
 * Adds the defaults that the starter changes in Spring Boot, behind every other source:
 * whatever the user sets wins.
 */
final class DefaultSettingsEnvironmentPostProcessor implements EnvironmentPostProcessor {

    static final ClassPathResource DEFAULTS = new ClassPathResource("defaults.properties",
            DefaultSettingsEnvironmentPostProcessor.class);

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (!environment.getProperty("observability.enabled", Boolean.class, true)) {
            return;
        }
        // The default properties of the application itself stay the last source, so ours
        // go
        // among them, and give way to them.
        PropertySource<?> own = environment.getPropertySources().get(DefaultPropertiesPropertySource.NAME);
        Map<String, Object> defaults = new HashMap<>();
        load().forEach((key, value) -> {
            if (own == null || !own.containsProperty(key.toString())) {
                defaults.put(key.toString(), value);
            }
        });
        DefaultPropertiesPropertySource.addOrMerge(defaults, environment.getPropertySources());
    }

    private static Properties load() {
        try {
            return PropertiesLoaderUtils.loadProperties(DEFAULTS);
        }
        catch (IOException ex) {
            throw new IllegalStateException("The starter's defaults are missing from its jar", ex);
        }
    }

}
