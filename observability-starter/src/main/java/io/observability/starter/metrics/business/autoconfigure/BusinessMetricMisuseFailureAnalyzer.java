package io.observability.starter.metrics.business.autoconfigure;

import io.observability.starter.metrics.business.BusinessMetricMisuseException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says which business metrics stopped the start, in place of a stack trace.
 */
final class BusinessMetricMisuseFailureAnalyzer extends AbstractFailureAnalyzer<BusinessMetricMisuseException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, BusinessMetricMisuseException cause) {
        return new FailureAnalysis(String.join(".%n".formatted(), cause.misuses()) + ".",
                "Mend the metric, or set 'observability.metrics.business.strict' to false to have it counted and logged only.",
                cause);
    }

}
