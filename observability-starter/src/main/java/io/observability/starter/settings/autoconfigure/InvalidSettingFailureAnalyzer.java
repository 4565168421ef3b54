package io.observability.starter.settings.autoconfigure;

import io.observability.starter.settings.InvalidSettingException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Turns a setting that is not allowed into one readable message in place of a stack
 * trace.
 */
final class InvalidSettingFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSettingException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidSettingException cause) {
        return new FailureAnalysis(cause.getMessage() + ".",
                "Set '%s' to %s, or remove it to get the default.".formatted(cause.getProperty(), cause.getAllowed()),
                cause);
    }

}
