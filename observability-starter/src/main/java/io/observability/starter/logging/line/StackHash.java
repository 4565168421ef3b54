package io.observability.starter.logging.line;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;

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

    static int of(IThrowableProxy failure) {
        int hash = 1;
        IThrowableProxy current = failure;
        for (int i = 0; current != null && !current.isCyclic() && i < LineLimits.CAUSES; i++) {
            hash = 31 * hash + stable(current.getClassName());
            hash = frames(hash, current);
            current = current.getCause();
        }
        return hash;
    }

    private static int frames(int seed, IThrowableProxy throwable) {
        int hash = seed;
        StackTraceElementProxy[] frames = throwable.getStackTraceElementProxyArray();
        int own = (frames != null) ? Math.min(frames.length - throwable.getCommonFrames(), LineLimits.FRAMES) : 0;
        for (int i = 0; i < own; i++) {
            StackTraceElement frame = frames[i].getStackTraceElement();
            String type = frame.getClassName();
            if (!isMadeUp(type)) {
                hash = 31 * hash + stable(type);
                hash = 31 * hash + stable(frame.getMethodName());
            }
        }
        return hash;
    }

    private static boolean isMadeUp(String type) {
        return type.startsWith("jdk.internal.reflect.") || type.startsWith("java.lang.reflect.")
                || type.startsWith("java.lang.invoke.") || type.startsWith("jdk.proxy") || type.contains("$$")
                || type.contains(".$Proxy");
    }

    private static int stable(String name) {
        int numbered = name.indexOf("lambda$");
        return (numbered < 0) ? name.hashCode() : name.substring(0, numbered).hashCode();
    }

}
