package io.observability.starter.logging.redaction;

/**
 * Where a secret stands in a buffer, packed into a {@code long} so that finding one
 * allocates nothing: the start in the upper half, the end in the lower. A negative value
 * says that there is none, and where to go on looking.
 */
final class Span {

    private Span() {
    }

    static long of(int start, int end) {
        return ((long) start << 32) | end;
    }

    static long none(int next) {
        return -next - 1L;
    }

    static boolean isSecret(long span) {
        return span >= 0;
    }

    static int start(long span) {
        return (int) (span >>> 32);
    }

    static int end(long span) {
        return (int) span;
    }

    static int next(long span) {
        return (int) (-span - 1);
    }

}
