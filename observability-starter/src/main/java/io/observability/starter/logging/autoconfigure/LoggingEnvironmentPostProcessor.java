package io.observability.starter.logging.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import io.observability.starter.settings.InvalidSettingException;
import io.observability.starter.settings.SettingChecks;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/**
 * Makes JSON the format of the console and of a log file from the first line on, by
 * setting Spring Boot's own properties behind every other source: what the application
 * sets wins. It runs before the logging system starts, so it also refuses a setting that
 * is wrong. With a structured format on the console Spring Boot itself leaves out the
 * banner.
 */
final class LoggingEnvironmentPostProcessor implements EnvironmentPostProcessor {

    private static final String NAME = "observabilityLoggingDefaults";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (environment.getPropertySources().contains(NAME)
                || !environment.getProperty("observability.enabled", Boolean.class, true)
                || !environment.getProperty("observability.logging.enabled", Boolean.class, true)) {
            return;
        }
        ClassLoader classLoader = application.getClassLoader();
        LoggingPlan plan = LoggingPlan.of(environment,
                (classLoader != null) ? classLoader : getClass().getClassLoader());
        Map<String, Object> defaults = new LinkedHashMap<>();
        file(environment, defaults);
        if (plan.logback() && plan.ownConfiguration() == null) {
            formats(plan, defaults);
        }
        environment.getPropertySources().addLast(new MapPropertySource(NAME, defaults));
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

    private void formats(LoggingPlan plan, Map<String, Object> defaults) {
        String formatter = JsonLineFormatter.class.getName();
        if (plan.json()) {
            defaults.put(LoggingPlan.CONSOLE_FORMAT, formatter);
        }
        if (plan.jsonFile()) {
            defaults.put(LoggingPlan.FILE_FORMAT, formatter);
        }
    }

}
