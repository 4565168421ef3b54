/**
 * Request ids and the context that every executor carries, made ready by Spring Boot.
 */
@NullMarked
package io.observability.starter.context.autoconfigure;

import org.jspecify.annotations.NullMarked;
