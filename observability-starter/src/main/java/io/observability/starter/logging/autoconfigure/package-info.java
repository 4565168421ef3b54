/**
 * Connects the log lines to Spring Boot's logging system.
 */
@NullMarked
package io.observability.starter.logging.autoconfigure;

import org.jspecify.annotations.NullMarked;
