package io.observability.starter.settings.autoconfigure;

import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.DefaultPropertiesPropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DefaultSettingsEnvironmentPostProcessor}.
 */
class DefaultSettingsEnvironmentPostProcessorTests {

    private static final String OTLP_METRICS = "management.otlp.metrics.export.enabled";

    private final StandardEnvironment environment = new StandardEnvironment();

    private final EnvironmentPostProcessor processor = new DefaultSettingsEnvironmentPostProcessor();

    @Test
    void isListed() {
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation()
            .load(EnvironmentPostProcessor.class,
                    SpringFactoriesLoader.FailureHandler.handleMessage((message, failure) -> {
                    })))
            .hasAtLeastOneElementOfType(DefaultSettingsEnvironmentPostProcessor.class);
    }

    @Test
    void addsDefaultsOnce() {
        this.processor.postProcessEnvironment(this.environment, new SpringApplication());
        int sources = this.environment.getPropertySources().size();
        this.processor.postProcessEnvironment(this.environment, new SpringApplication());
        assertThat(this.environment.getProperty(OTLP_METRICS)).isEqualTo("false");
        assertThat(this.environment.getPropertySources().size()).isEqualTo(sources);
    }

    @Test
    void valueOfTheUserWins() {
        this.environment.getPropertySources().addLast(new MapPropertySource("user", Map.of(OTLP_METRICS, "true")));
        this.processor.postProcessEnvironment(this.environment, new SpringApplication());
        assertThat(this.environment.getProperty(OTLP_METRICS)).isEqualTo("true");
    }

    @Test
    void defaultPropertyOfTheApplicationWins() {
        DefaultPropertiesPropertySource.addOrMerge(Map.of(OTLP_METRICS, "true", "own", "kept"),
                this.environment.getPropertySources());
        this.processor.postProcessEnvironment(this.environment, new SpringApplication());
        assertThat(this.environment.getProperty(OTLP_METRICS)).isEqualTo("true");
        assertThat(this.environment.getProperty("own")).isEqualTo("kept");
        assertThat(this.environment.getProperty("spring.task.execution.propagate-context")).isEqualTo("true");
    }

    @Test
    void addsNothingWhenTheStarterIsOff() {
        this.environment.getPropertySources()
            .addFirst(new MapPropertySource("user", Map.of("observability.enabled", "false")));
        this.processor.postProcessEnvironment(this.environment, new SpringApplication());
        assertThat(this.environment.getProperty(OTLP_METRICS)).isNull();
    }

}
