package io.observability.sample.shop.failure;

import java.time.Duration;
import java.time.Instant;

/**
 * One failure as it was asked for. All values are within their bounds.
 *
 * @param kind what goes wrong
 * @param until when it ends by itself
 * @param share share of the requests that it hits, from 0 to 1
 * @param path beginning of the paths that it hits
 * @param delay how long a request waits, at most 10 s
 * @param rate log lines, or views, a second, at most 10,000
 * @param lines log lines in all, at most 1,000,000
 * @param threads threads that log them, at most 16
 * @param visitors made-up visitors, at most 20,000
 * @param heapPercent how full the heap gets, at most 85 percent, or 100 for all of it
 */
record Failure(FailureKind kind, Instant until, double share, String path, Duration delay, int rate, int lines,
        int threads, int visitors, int heapPercent) {

}
