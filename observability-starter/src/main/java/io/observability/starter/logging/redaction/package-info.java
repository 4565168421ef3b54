/**
 * Masks secrets in lines, by the name of a field and by what the text looks like.
 */
@NullMarked
package io.observability.starter.logging.redaction;

import org.jspecify.annotations.NullMarked;
