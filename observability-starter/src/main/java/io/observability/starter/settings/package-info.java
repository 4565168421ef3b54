/**
 * The checks that a configuration has to pass, and the error that says what is allowed.
 */
@NullMarked
package io.observability.starter.settings;

import org.jspecify.annotations.NullMarked;
