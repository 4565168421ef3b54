/**
 * What happens once for each HTTP call that this service makes, and who does it.
 */
@NullMarked
package io.observability.starter.call;

import org.jspecify.annotations.NullMarked;
