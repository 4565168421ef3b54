package io.observability.starter.metrics.business;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Counts the calls of a bean's method by their result: {@code result="success"} with
 * {@code exception="none"}, or {@code result="failure"} with the class of the exception.
 * A {@link java.util.concurrent.CompletionStage} is counted when it is complete. As with
 * all of Spring's annotations of this kind, a call from within the bean itself is not
 * seen.
 *
 * @since 0.1.0
 * @see CallCounter
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface CountedByResult {

    /**
     * Name of the counter, with dots: {@code shop.confirmations} is
     * {@code shop_confirmations_total} in Prometheus.
     * @return the name
     */
    String value();

    /**
     * Help text.
     * @return one sentence
     */
    String description() default "";

}
