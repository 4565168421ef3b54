package io.observability.starter.logging.access;

/**
 * How a request ended that did not end as it should.
 *
 * @since 0.1.0
 */
public enum AccessOutcome {

    /** Nobody was there any more to take the answer. */
    CLIENT_GONE("client_gone"),

    /**
     * An exception left the application; if the answer had begun it was broken off, with
     * the status that had been sent.
     */
    EXCEPTION("exception");

    private final String value;

    AccessOutcome(String value) {
        this.value = value;
    }

    /**
     * Value of the field.
     * @return the value
     */
    public String value() {
        return this.value;
    }

}
