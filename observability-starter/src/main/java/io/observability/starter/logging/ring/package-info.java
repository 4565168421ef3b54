/**
 * Bounded hand-over of whole lines from many threads to one.
 */
@NullMarked
package io.observability.starter.logging.ring;

import org.jspecify.annotations.NullMarked;
