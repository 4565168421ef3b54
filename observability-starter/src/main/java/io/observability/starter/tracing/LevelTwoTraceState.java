package io.observability.starter.tracing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.TraceStateBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The list in the {@code tracestate} headers by the rules of W3C Trace Context level 2.
 * Against OpenTelemetry's own class, which has the rules of level 1: all headers count as
 * one list, a key may begin with a digit and may have any number of {@code @}, and of two
 * members with the same key the first one stays where level 1 dropped the whole list.
 * Immutable.
 *
 * @see <a href="https://www.w3.org/TR/trace-context-2/#tracestate-header">W3C Trace
 * Context, level 2</a>
 */
final class LevelTwoTraceState implements TraceState {

    private static final int MAX_MEMBERS = 32;

    private static final int MAX_LENGTH = 256;

    // Keys and values in turn, the newest first.
    private final List<String> members;

    private LevelTwoTraceState(List<String> members) {
        this.members = members;
    }

    /**
     * Read the headers.
     * @param headers the values of all headers, in the order of their arrival
     * @return the list; empty if there is none, or if any member breaks a rule
     */
    static TraceState parse(Iterator<String> headers) {
        List<String> members = new ArrayList<>(4);
        int count = 0;
        while (headers.hasNext()) {
            String header = headers.next();
            int from = 0;
            while (from <= header.length()) {
                int comma = header.indexOf(',', from);
                int to = (comma < 0) ? header.length() : comma;
                int added = add(header, from, to, members);
                count += added;
                if (added < 0 || count > MAX_MEMBERS) {
                    return TraceState.getDefault();
                }
                from = to + 1;
            }
        }
        return members.isEmpty() ? TraceState.getDefault() : new LevelTwoTraceState(members);
    }

    // Returns how many members were read, or -1 if the member breaks a rule.
    private static int add(String header, int from, int to, List<String> members) {
        int start = from;
        int end = to;
        while (start < end && TraceParent.isSpace(header.charAt(start))) {
            start++;
        }
        while (end > start && TraceParent.isSpace(header.charAt(end - 1))) {
            end--;
        }
        if (start == end) {
            return 0;
        }
        int equals = header.indexOf('=', start);
        if (equals < 0 || equals >= end) {
            return -1;
        }
        String key = header.substring(start, equals);
        String value = header.substring(equals + 1, end);
        if (!isKey(key) || !isValue(value)) {
            return -1;
        }
        if (indexOf(members, key) < 0) {
            members.add(key);
            members.add(value);
        }
        return 1;
    }

    private static int indexOf(List<String> members, String key) {
        for (int i = 0; i < members.size(); i += 2) {
            if (members.get(i).equals(key)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isKey(String key) {
        if (key.isEmpty() || key.length() > MAX_LENGTH || !isLowerCaseOrDigit(key.charAt(0))) {
            return false;
        }
        for (int i = 1; i < key.length(); i++) {
            char c = key.charAt(i);
            if (!isLowerCaseOrDigit(c) && c != '_' && c != '-' && c != '*' && c != '/' && c != '@') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLowerCaseOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    private static boolean isValue(String value) {
        if (value.isEmpty() || value.length() > MAX_LENGTH || value.charAt(value.length() - 1) == ' ') {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~' || c == ',' || c == '=') {
                return false;
            }
        }
        return true;
    }

    @Override
    public @Nullable String get(@Nullable String key) {
        int index = (key != null) ? indexOf(this.members, key) : -1;
        return (index < 0) ? null : this.members.get(index + 1);
    }

    @Override
    public int size() {
        return this.members.size() / 2;
    }

    @Override
    public boolean isEmpty() {
        return this.members.isEmpty();
    }

    @Override
    public void forEach(@Nullable BiConsumer<String, String> consumer) {
        if (consumer != null) {
            for (int i = 0; i < this.members.size(); i += 2) {
                consumer.accept(this.members.get(i), this.members.get(i + 1));
            }
        }
    }

    @Override
    public Map<String, String> asMap() {
        Map<String, String> map = new LinkedHashMap<>();
        forEach(map::put);
        return Collections.unmodifiableMap(map);
    }

    @Override
    public TraceStateBuilder toBuilder() {
        return new Builder(this.members);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LevelTwoTraceState state && state.members.equals(this.members);
    }

    @Override
    public int hashCode() {
        return this.members.hashCode();
    }

    @Override
    public String toString() {
        return asMap().toString();
    }

    /**
     * Changes a list as the specification allows: what is new or changed comes first, and
     * a full list gives up its last member.
     */
    private static final class Builder implements TraceStateBuilder {

        private final List<String> members;

        Builder(List<String> members) {
            this.members = new ArrayList<>(members);
        }

        @Override
        public TraceStateBuilder put(@Nullable String key, @Nullable String value) {
            if (key == null || value == null || !isKey(key) || !isValue(value)) {
                return this;
            }
            remove(key);
            if (this.members.size() == MAX_MEMBERS * 2) {
                // The specification gives up members from the end of the list.
                this.members.subList(this.members.size() - 2, this.members.size()).clear();
            }
            this.members.add(0, value);
            this.members.add(0, key);
            return this;
        }

        @Override
        public TraceStateBuilder remove(@Nullable String key) {
            int index = (key != null) ? indexOf(this.members, key) : -1;
            if (index >= 0) {
                this.members.subList(index, index + 2).clear();
            }
            return this;
        }

        @Override
        public TraceState build() {
            return this.members.isEmpty() ? TraceState.getDefault() : new LevelTwoTraceState(List.copyOf(this.members));
        }

    }

}
