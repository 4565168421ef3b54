package io.observability.promcard;

/**
 * The memory that all tables together may take, so that an answer without end is an error
 * and not an {@link OutOfMemoryError}.
 */
final class TableBudget {

    private final long limit;

    private long taken;

    /**
     * Create a budget.
     * @param limit bytes that may be taken at the same time
     */
    TableBudget(long limit) {
        this.limit = limit;
    }

    /**
     * Half of the heap: a table that grows is there twice for a moment.
     * @return the budget
     */
    static TableBudget ofHeap() {
        return new TableBudget(Runtime.getRuntime().maxMemory() / 2);
    }

    void take(long bytes) throws CouldNotTellException {
        if (this.taken + bytes > this.limit) {
            throw new CouldNotTellException(
                    "More series than fit into memory (%d MiB for their tables). Narrow the question with --metric, or give Java a larger heap: java -Xmx4g -jar promcard.jar"
                        .formatted(this.limit >> 20));
        }
        this.taken += bytes;
    }

    void giveBack(long bytes) {
        this.taken -= bytes;
    }

}
