package io.observability.starter.call;

/**
 * Headers of a call that is about to go out.
 *
 * @since 0.1.0
 */
public interface CallHeaders {

    /**
     * Whether a header is there already.
     * @param name the name
     * @return whether it is
     */
    boolean has(String name);

    /**
     * Set a header, in place of what it was.
     * @param name the name
     * @param value the value
     */
    void set(String name, String value);

}
