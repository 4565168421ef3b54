package io.observability.starter.settings.autoconfigure;

import io.observability.starter.settings.InvalidSettingException;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InvalidSettingFailureAnalyzer}.
 */
class InvalidSettingFailureAnalyzerTests {

    @Test
    void isListed() {
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation()
            .load(FailureAnalyzer.class, SpringFactoriesLoader.FailureHandler.handleMessage((message, failure) -> {
            }))).hasAtLeastOneElementOfType(InvalidSettingFailureAnalyzer.class);
    }

    @Test
    void namesPropertyValueAndRange() {
        FailureAnalysis analysis = new InvalidSettingFailureAnalyzer().analyze(
                new BeanCreationException("x", new InvalidSettingException("a.rate", 2, "a number from 0.0 to 1.0")));
        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription())
            .isEqualTo("Property 'a.rate' has the value '2', but must be a number from 0.0 to 1.0.");
        assertThat(analysis.getAction())
            .isEqualTo("Set 'a.rate' to a number from 0.0 to 1.0, or remove it to get the default.");
    }

}
