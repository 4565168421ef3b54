package io.observability.starter.logging.access;

/**
 * Fields of the access line, in the order in which they stand on it: the one table of
 * their names. A field whose value is not known is not on the line.
 *
 * @since 0.1.0
 */
public enum AccessField {

    /** Method, one of RFC 9110 and RFC 5789 or {@code _other}. */
    HTTP_METHOD("http_method"),

    /** Template of the path that was matched, or {@code _unmatched}. */
    HTTP_ROUTE("http_route"),

    /** Path as it was received, without the query; only if asked for. */
    HTTP_PATH("http_path"),

    /** Status code of the answer. */
    HTTP_STATUS("http_status"),

    /** Time from the first filter to the end of the answer, in milliseconds. */
    DURATION_MS("duration_ms"),

    /** Bytes of the request's body, as the request announced them. */
    REQUEST_BYTES("request_bytes"),

    /** Bytes of the answer's body. */
    RESPONSE_BYTES("response_bytes"),

    /** Protocol and version, such as {@code HTTP/1.1}. */
    HTTP_PROTOCOL("http_protocol"),

    /** How the request ended, if not as it should; see {@link AccessOutcome}. */
    HTTP_OUTCOME("http_outcome"),

    /** Address of the client; only if asked for. */
    CLIENT_ADDRESS("client_address"),

    /** What the client says that it is; only if asked for. */
    USER_AGENT("user_agent");

    private final String key;

    AccessField(String key) {
        this.key = key;
    }

    /**
     * Name of the field.
     * @return the name
     */
    public String key() {
        return this.key;
    }

}
