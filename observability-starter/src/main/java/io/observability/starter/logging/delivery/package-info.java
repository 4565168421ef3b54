/**
 * From the bytes of a line to where they are kept, with every loss counted.
 */
@NullMarked
package io.observability.starter.logging.delivery;

import org.jspecify.annotations.NullMarked;
