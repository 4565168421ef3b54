/**
 * What is on, at which rate, where it goes, and what is missing.
 */
@NullMarked
package io.observability.starter.report;

import org.jspecify.annotations.NullMarked;
