/**
 * What happens once for each HTTP request that this service answers, and who does it.
 */
@NullMarked
package io.observability.starter.request;

import org.jspecify.annotations.NullMarked;
