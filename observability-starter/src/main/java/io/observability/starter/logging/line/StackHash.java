package io.observability.starter.logging.line;

/**
 * Hash by which the same failure is found again: of the classes of an exception and its
 * causes and of the classes and methods of their frames. Messages and line numbers do not
 * count, nor do frames and names that the runtime makes up (proxies, reflection, lambda
 * numbers), because they come and go with warm-up and between builds. It uses
 * {@code String.hashCode()}, which the Java specification fixes and each string caches.
 */
final class StackHash {

    private StackHash() {
    }

    static int withException(int hash, String type) {
        return 31 * hash + stable(type);
    }

    static int withException(int hash, ThrowableName name) {
        return 31 * hash + name.hash;
    }

    static int withFrame(int hash, StackFrame frame) {
        return frame.madeUp ? hash : 31 * 31 * hash + frame.hash;
    }

    static int of(String type, String method) {
        return 31 * stable(type) + stable(method);
    }

    static boolean isMadeUp(String type) {
        return type.startsWith("jdk.internal.reflect.") || type.startsWith("java.lang.reflect.")
                || type.startsWith("java.lang.invoke.") || type.startsWith("jdk.proxy") || type.contains("$$")
                || type.contains(".$Proxy");
    }

    static int stable(String name) {
        int numbered = name.indexOf("lambda$");
        return (numbered < 0) ? name.hashCode() : name.substring(0, numbered).hashCode();
    }

}
