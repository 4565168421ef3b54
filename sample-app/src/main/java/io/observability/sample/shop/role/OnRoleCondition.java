package io.observability.sample.shop.role;

import java.util.EnumSet;
import java.util.Set;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Asks {@code shop.roles}.
 */
final class OnRoleCondition extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Role role = metadata.getAnnotations().get(ConditionalOnRole.class).getEnum("value", Role.class);
        Set<Role> roles = Binder.get(context.getEnvironment())
            .bind("shop.roles", Bindable.setOf(Role.class))
            .orElseGet(() -> EnumSet.allOf(Role.class));
        ConditionMessage message = ConditionMessage.forCondition(ConditionalOnRole.class, role)
            .because("the roles are " + roles);
        return new ConditionOutcome(roles.contains(role), message);
    }

}
