package io.observability.starter.settings.autoconfigure;

import java.util.Map;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * The switch of the whole starter, and under it the switch of each feature.
 */
final class OnFeatureCondition extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Map<String, Object> attributes = metadata.getAnnotationAttributes(ConditionalOnFeature.class.getName());
        String feature = (attributes != null) ? String.valueOf(attributes.get("value")) : "";
        Environment environment = context.getEnvironment();
        for (String property : new String[] { "observability.enabled", "observability." + feature + ".enabled" }) {
            if (!environment.getProperty(property, Boolean.class, true)) {
                return ConditionOutcome
                    .noMatch(ConditionMessage.forCondition(ConditionalOnFeature.class).because(property + " is false"));
            }
        }
        return ConditionOutcome.match();
    }

}
