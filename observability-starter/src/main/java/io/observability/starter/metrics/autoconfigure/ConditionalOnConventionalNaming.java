package io.observability.starter.metrics.autoconfigure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

/**
 * Matches while the metrics have their conventional names.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ConditionalOnProperty(name = "observability.metrics.naming", havingValue = "conventional", matchIfMissing = true)
@interface ConditionalOnConventionalNaming {

}
