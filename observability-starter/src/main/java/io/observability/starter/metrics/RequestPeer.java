package io.observability.starter.metrics;

import org.jspecify.annotations.Nullable;

/**
 * The side of a request that is not its route: what was called, or how we were called.
 *
 * @param host host that is called, or {@code null} for a request that comes in
 * @param port port that is called, or 0 where the dialect does not tell
 * @param secure whether a request came in by HTTPS, where the dialect tells
 */
record RequestPeer(@Nullable String host, int port, boolean secure) {

}
