/**
 * Defaults, the switch of each feature, and the message for a setting that is wrong.
 */
@NullMarked
package io.observability.starter.settings.autoconfigure;

import org.jspecify.annotations.NullMarked;
