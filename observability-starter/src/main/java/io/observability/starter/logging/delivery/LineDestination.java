package io.observability.starter.logging.delivery;

import java.io.Closeable;
import java.io.IOException;

/**
 * Where lines are kept. One thread at a time calls it.
 *
 * @since 0.1.0
 */
public interface LineDestination extends Closeable {

    /**
     * Name of the destination, as in metrics.
     * @return the name, such as {@code stdout}
     */
    String name();

    /**
     * Write whole lines, all of them or, with an exception, as many bytes as a
     * {@link WriteFailure} says and otherwise none. A destination that failed is asked
     * again, with what it did not take; it opens itself anew.
     * @param bytes where the lines are
     * @param offset where the first one begins
     * @param length bytes of all lines, with their line ends
     * @throws IOException if not all were written
     */
    void write(byte[] bytes, int offset, int length) throws IOException;

    /**
     * Whether a line has to be written before the call that made it returns, because
     * somebody in this process looks at what was written. Asked for each line.
     * @return whether it has to; {@code false} unless a destination knows better
     */
    default boolean writesAtOnce() {
        return false;
    }

}
