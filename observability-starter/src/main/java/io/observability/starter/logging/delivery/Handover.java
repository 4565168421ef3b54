package io.observability.starter.logging.delivery;

import io.observability.starter.pipeline.LedgerEntry;

/**
 * A way from the caller to the destination. Counts what becomes of each line, but not
 * that it was made.
 */
interface Handover {

    void deliver(byte[] line, int offset, int length, Urgency urgency);

    boolean flush(long nanos);

    void close();

    LedgerEntry entry();

}
