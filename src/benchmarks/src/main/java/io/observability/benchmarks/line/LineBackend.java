package io.observability.benchmarks.line;

/**
 * A logging library that is set up behind SLF4J.
 */
interface LineBackend extends AutoCloseable {

    /**
     * Wait until all lines have reached the sink.
     */
    default void flush() {
    }

    /**
     * Lines that did not reach the sink.
     * @return a count
     */
    default long lost() {
        return 0;
    }

    @Override
    void close();

}
