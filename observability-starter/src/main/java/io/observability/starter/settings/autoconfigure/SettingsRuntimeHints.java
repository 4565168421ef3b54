package io.observability.starter.settings.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * What a native image keeps for the defaults that the starter changes in Spring Boot.
 */
final class SettingsRuntimeHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        hints.resources().registerPattern(DefaultSettingsEnvironmentPostProcessor.DEFAULTS.getPath());
    }

}
