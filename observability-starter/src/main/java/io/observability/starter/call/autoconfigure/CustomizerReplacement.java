package io.observability.starter.call.autoconfigure;

import java.util.function.Supplier;

import io.observability.starter.call.CallEngine;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Puts another in the place of the customizer with which Spring Boot has a client
 * observed. A customizer of our own beside it would have to come right behind it, which
 * no order says: Spring Boot's has none.
 */
final class CustomizerReplacement implements BeanPostProcessor {

    private final String customizer;

    private final ObjectProvider<CallEngine> engine;

    private final Supplier<Object> replacement;

    CustomizerReplacement(String customizer, ObjectProvider<CallEngine> engine, Supplier<Object> replacement) {
        this.customizer = customizer;
        this.engine = engine;
        this.replacement = replacement;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        return (beanName.equals(this.customizer) && this.engine.stream().anyMatch(CallEngine::isDirect))
                ? this.replacement.get() : bean;
    }

}
