/**
 * What travels with a request: its identifiers, and the failure that ended it.
 */
@NullMarked
package io.observability.starter.context;

import org.jspecify.annotations.NullMarked;
