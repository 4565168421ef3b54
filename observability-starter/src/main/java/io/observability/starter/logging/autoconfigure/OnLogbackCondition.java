package io.observability.starter.logging.autoconfigure;

import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches where SLF4J logs with Logback, which may be on the class path without that.
 */
final class OnLogbackCondition extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConditionMessage.Builder message = ConditionMessage.forCondition("Logback");
        return (LoggerFactory.getILoggerFactory() instanceof LoggerContext)
                ? ConditionOutcome.match(message.because("SLF4J logs with it"))
                : ConditionOutcome.noMatch(message.because("SLF4J logs with something else"));
    }

}
