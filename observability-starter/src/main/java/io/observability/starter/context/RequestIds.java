package io.observability.starter.context;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Request ids: the rule that an id from outside has to pass, new ids, and the id of the
 * current request. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RequestIds {

    /** Most characters of a request id. */
    public static final int MAX_LENGTH = 64;

    /**
     * Name under which a request's id is kept in the Reactor context, and as an attribute
     * of a servlet request that Spring's observation sees. {@link #current()} has it
     * everywhere.
     */
    public static final String ATTRIBUTE = "io.observability.starter.request_id";

    // ThreadLocalRandom is seeded from clocks alone; the salt keeps two replicas that
    // start in the same instant apart.
    private static final UUID SALT = salt();

    private RequestIds() {
    }

    /**
     * Whether an id from outside is accepted: 1 to 64 characters of
     * {@code [A-Za-z0-9._-]}. Nothing in that alphabet is structure in a log line, a
     * header or a metric.
     * @param id the id, as it was received
     * @return whether it is accepted
     */
    public static boolean isValid(@Nullable String id) {
        if (id == null || id.isEmpty() || id.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            if (!isAllowed(id.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Take the id from outside if it is accepted, or make a new one.
     * @param id the id, as it was received
     * @return an id that is valid
     */
    public static String acceptOrCreate(@Nullable String id) {
        return (id != null && isValid(id)) ? id : create();
    }

    /**
     * Make a new id. It is unique and not a secret: it does not come from a cryptographic
     * generator, whose lock every request would pass.
     * @return a random UUID in the layout of RFC 9562, version 4
     */
    public static String create() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = random.nextLong() ^ SALT.getMostSignificantBits();
        long low = random.nextLong() ^ SALT.getLeastSignificantBits();
        return new UUID((high & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L,
                (low & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L)
            .toString();
    }

    /**
     * Id of the request that this thread works for.
     * @return the id, or {@code null} outside a request
     */
    public static @Nullable String current() {
        return MDC.get(ContextField.REQUEST_ID.key());
    }

    private static boolean isAllowed(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_'
                || c == '-';
    }

    private static UUID salt() {
        SecureRandom random = new SecureRandom();
        return new UUID(random.nextLong(), random.nextLong());
    }

}
