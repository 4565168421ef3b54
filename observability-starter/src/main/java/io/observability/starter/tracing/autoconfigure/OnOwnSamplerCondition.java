package io.observability.starter.tracing.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Leaves the choice of the sampler to Spring Boot where the user made that choice there.
 */
final class OnOwnSamplerCondition extends SpringBootCondition {

    private static final String OWN = "observability.tracing.sampling.probability";

    private static final String BOOT = "management.opentelemetry.tracing.sampler";

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Environment environment = context.getEnvironment();
        ConditionMessage.Builder message = ConditionMessage.forCondition("Sampler");
        if (!environment.containsProperty(OWN) && environment.containsProperty(BOOT)) {
            return ConditionOutcome.noMatch(message.because(BOOT + " is set"));
        }
        return ConditionOutcome.match(message.because(BOOT + " does not decide"));
    }

}
