/**
 * Auto-configuration of the health probes on Spring Boot's health contributors.
 */
@NullMarked
package io.observability.starter.health.autoconfigure;

import org.jspecify.annotations.NullMarked;
