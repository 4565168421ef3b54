package io.observability.starter.context;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Business tags of the current request: set once, and from then on they stand on each log
 * line of the request, on whatever thread it is written, and on its access line. They
 * live in the MDC of the threads that work on the request, and nowhere once it is over.
 * <p>
 * A key has 1 to 40 characters of {@code [a-z0-9_]}, begins with a letter and is not the
 * name of a field that a log line has of its own ({@code trace_id}, {@code message},
 * {@code http_...}). A value has 1 to 128 characters; a request has at most 16 tags.
 * Nothing here throws: what can't be a tag is left out, and said once. Thread-safe.
 *
 * @since 0.1.0
 */
public final class BusinessTags {

    /** Most tags of a request. */
    public static final int MAX_TAGS = 16;

    /** Most characters of a key. */
    public static final int MAX_KEY_LENGTH = 40;

    /** Most characters of a value. */
    public static final int MAX_VALUE_LENGTH = 128;

    /**
     * Name under which a request's tags are kept in the Reactor context, and as an
     * attribute of a servlet request that Spring's observation sees.
     */
    public static final String ATTRIBUTE = "io.observability.starter.business_tags";

    // An entry without a value stays on a pooled thread: taking it out would make a new
    // one for each request.
    private static final ThreadLocal<@Nullable Binding> CURRENT = new ThreadLocal<>();

    private static final AtomicBoolean WARNED = new AtomicBoolean();

    private BusinessTags() {
    }

    /**
     * Set or replace a tag of the current request. Control and invisible characters of
     * the value become {@code _}, and it is cut to {@value #MAX_VALUE_LENGTH} characters.
     * @param key the key
     * @param value the value; {@code null} or an empty one removes the tag
     * @return whether the tag is set; {@code false} outside a request, for a key that is
     * not allowed, and for the 17th tag
     */
    public static boolean put(String key, @Nullable String value) {
        Binding binding = CURRENT.get();
        if (value == null || value.isEmpty()) {
            remove(key);
            return false;
        }
        if (binding == null) {
            return refused(key, "there is no request; BusinessTags.open() begins what is to have tags");
        }
        if (!TagRules.isKey(key)) {
            return refused(key, "1 to 40 characters of [a-z0-9_], a letter first, no name of the log line's own");
        }
        if (!binding.tags.put(key, TagRules.toValue(value))) {
            return refused(key, "there are 16 tags already");
        }
        binding.apply();
        return true;
    }

    /**
     * Remove a tag of the current request.
     * @param key the key
     */
    public static void remove(String key) {
        Binding binding = CURRENT.get();
        if (binding != null) {
            binding.tags.remove(key);
            binding.apply();
        }
    }

    /**
     * Value of a tag of the current request.
     * @param key the key
     * @return the value, or {@code null}
     */
    public static @Nullable String get(String key) {
        return current().get(key);
    }

    /**
     * Tags of the current request.
     * @return the tags, as they are now; none outside a request
     */
    public static Map<String, String> current() {
        Binding binding = CURRENT.get();
        return (binding != null) ? Map.copyOf(binding.tags.current()) : Map.of();
    }

    /**
     * Begin what has tags of its own and is no HTTP request, such as the handling of a
     * message.
     * @return the scope, to be closed on the same thread
     */
    public static Scope open() {
        return open(new RequestTags());
    }

    /**
     * Work for a request on this thread for a while.
     * @param tags the request's tags
     * @return the scope, to be closed on the same thread
     */
    public static Scope open(RequestTags tags) {
        Binding previous = CURRENT.get();
        RequestTags before = (previous != null) ? previous.tags : null;
        bind(tags);
        return () -> bind(before);
    }

    /**
     * Bring this thread's MDC up to date with tags that other threads have set for the
     * same request.
     */
    public static void refresh() {
        Binding binding = CURRENT.get();
        if (binding != null) {
            binding.apply();
        }
    }

    /**
     * Whether a text may be the key of a tag.
     * @param key the text
     * @return whether it may
     */
    public static boolean isValidKey(@Nullable String key) {
        return TagRules.isKey(key);
    }

    /**
     * Whether a text may be the value of a tag as it is.
     * @param value the text
     * @return whether it may
     */
    public static boolean isValidValue(@Nullable String value) {
        return TagRules.isValue(value);
    }

    /**
     * The tags themselves of the request that this thread works for, which may go on on
     * another thread.
     * @return the tags, or {@code null} outside a request
     */
    public static @Nullable RequestTags bound() {
        Binding binding = CURRENT.get();
        return (binding != null) ? binding.tags : null;
    }

    static void bind(@Nullable RequestTags tags) {
        Binding binding = CURRENT.get();
        if (binding != null && binding.tags == tags) {
            binding.apply();
            return;
        }
        if (binding != null) {
            binding.clear();
        }
        if (tags == null) {
            CURRENT.set(null);
            return;
        }
        Binding next = new Binding(tags);
        CURRENT.set(next);
        next.apply();
    }

    private static boolean refused(String key, String reason) {
        if (WARNED.compareAndSet(false, true)) {
            LoggerFactory.getLogger(BusinessTags.class)
                .warn("Business tag '{}' is not set: {}; said once for all tags", key, reason);
        }
        return false;
    }

    /**
     * Time in which a thread works for a request.
     */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {

        @Override
        void close();

    }

    /**
     * One thread's part: what of the request's tags stands in its MDC.
     */
    private static final class Binding {

        private final RequestTags tags;

        private Map<String, String> applied = Map.of();

        Binding(RequestTags tags) {
            this.tags = tags;
        }

        void apply() {
            Map<String, String> wanted = this.tags.current();
            if (wanted == this.applied) {
                return;
            }
            for (String key : this.applied.keySet()) {
                if (!wanted.containsKey(key)) {
                    MDC.remove(key);
                }
            }
            for (Map.Entry<String, String> tag : wanted.entrySet()) {
                if (!tag.getValue().equals(this.applied.get(tag.getKey()))) {
                    MDC.put(tag.getKey(), tag.getValue());
                }
            }
            this.applied = wanted;
        }

        void clear() {
            for (String key : this.applied.keySet()) {
                MDC.remove(key);
            }
        }

    }

}
