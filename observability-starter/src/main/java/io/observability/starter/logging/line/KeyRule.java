package io.observability.starter.logging.line;

import java.util.Set;

/**
 * Rule for the names of a caller's fields.
 */
enum KeyRule {

    /** Any name. */
    AS_IS,

    /** A name that can be a label: {@code [a-zA-Z_][a-zA-Z0-9_]*}. */
    LABEL {

        @Override
        String name(String key, boolean inObject) {
            StringBuilder name = new StringBuilder(key.length() + 1);
            if (isDigit(key.charAt(0))) {
                name.append('_');
            }
            for (int i = 0; i < key.length(); i++) {
                char c = key.charAt(i);
                boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c);
                name.append(letter ? c : '_');
            }
            return name.toString();
        }

    },

    /**
     * A dotted name that begins with one of the schema's field sets is a field of the
     * schema. All others are labels, whose names have no dots.
     */
    ECS {

        @Override
        boolean staysOutside(String key) {
            int dot = key.indexOf('.');
            return dot > 0 && dot < key.length() - 1 && FIELD_SETS.contains(key.substring(0, dot));
        }

        @Override
        String name(String key, boolean inObject) {
            return inObject ? key.replace('.', '_') : key;
        }

    };

    private static final Set<String> FIELD_SETS = Set.of("agent", "as", "client", "cloud", "container", "data_stream",
            "destination", "device", "dll", "dns", "ecs", "email", "error", "event", "faas", "file", "geo", "group",
            "hash", "host", "http", "log", "network", "observer", "orchestrator", "organization", "os", "package",
            "process", "registry", "related", "risk", "rule", "server", "service", "source", "span", "threat", "tls",
            "trace", "transaction", "url", "user", "user_agent", "volume", "vulnerability");

    boolean staysOutside(String key) {
        return false;
    }

    String name(String key, boolean inObject) {
        return key;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

}
