package io.observability.sample.shop.failure;

/**
 * A failure that goes on by itself, whether or not there are requests.
 */
interface Disturbance {

    /**
     * What it is asked for by.
     * @return the kind
     */
    FailureKind kind();

    /**
     * Begin, without waiting.
     * @param failure how
     * @return what ends it, and gives back all that it took
     */
    Ending begin(Failure failure);

    /**
     * Ends a disturbance.
     */
    @FunctionalInterface
    interface Ending {

        /**
         * End it, without waiting for long.
         */
        void end();

        /**
         * Whether there is nothing left to end.
         * @return whether it has come to its end by itself
         */
        default boolean isOver() {
            return false;
        }

    }

}
