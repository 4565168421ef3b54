package io.observability.starter.logging.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import io.observability.starter.logging.autoconfigure.LoggingPlan.Output;
import io.observability.starter.settings.InvalidSettingException;
import io.observability.starter.settings.SettingChecks;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/**
 * Refuses a setting that is wrong before the logging system starts, and sets defaults
 * behind every other source, so that what the application sets wins: no banner among the
 * JSON lines, and the file under Spring Boot's own name for it.
 */
final class LoggingEnvironmentPostProcessor implements EnvironmentPostProcessor {

    private static final String NAME = "observabilityLoggingDefaults";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (environment.getPropertySources().contains(NAME) || !LoggingSettings.enabled(environment)) {
            return;
        }
        ClassLoader classLoader = application.getClassLoader();
        Map<String, Object> defaults = new LinkedHashMap<>();
        environment.getPropertySources().addLast(new MapPropertySource(NAME, defaults));
        file(environment, defaults);
        LoggingProperties properties = LoggingSettings.of(environment);
        ClassLoader own = (classLoader != null) ? classLoader : getClass().getClassLoader();
        LoggingPlan plan = LoggingPlan.of(environment, own);
        if (plan.logback()) {
            new RouteFactory(environment, plan, properties, own).check();
        }
        if (plan.logback() && plan.ownConfiguration() == null && plan.json() && plan.console() == Output.LINES) {
            defaults.put("spring.main.banner-mode", "off");
        }
    }

    private void file(ConfigurableEnvironment environment, Map<String, Object> defaults) {
        String file = environment.getProperty("observability.logging.file");
        if (!StringUtils.hasText(file)) {
            return;
        }
        for (String other : new String[] { LoggingPlan.FILE_NAME, LoggingPlan.FILE_PATH }) {
            if (StringUtils.hasText(environment.getProperty(other))) {
                throw new InvalidSettingException("observability.logging.file", file,
                        "left out while '" + other + "' is set");
            }
        }
        defaults.put(LoggingPlan.FILE_NAME, SettingChecks.writableFile("observability.logging.file", file).toString());
    }

}
