package io.observability.starter.logging.autoconfigure;

import java.io.Console;
import java.util.List;

import io.observability.starter.logging.LineAppender;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.util.ClassUtils;

/**
 * What a native image keeps for log lines: the file that a configuration of the
 * application includes, the classes that it names, and what is read of Logback and of its
 * JSON encoder by name.
 */
final class LoggingRuntimeHints implements RuntimeHintsRegistrar {

    static final String INCLUDED = "io/observability/starter/logging/appender.xml";

    private static final String LEVEL = "ch.qos.logback.classic.Level";

    private static final String MARKERS = "net.logstash.logback.marker.";

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        if (!ClassUtils.isPresent(LEVEL, classLoader)) {
            return;
        }
        hints.resources().registerPattern(INCLUDED);
        for (String configuration : LoggingPlan.CONFIGURATIONS) {
            // Whether the application brings one is asked for again at run time.
            hints.resources().registerPattern(configuration);
        }
        ReflectionHints reflection = hints.reflection();
        reflection.registerTypeIfPresent(classLoader, LEVEL);
        reflection.registerType(LineAppender.class, MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS,
                MemberCategory.INVOKE_PUBLIC_METHODS);
        reflection.registerType(EnvironmentLines.class, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS,
                MemberCategory.INVOKE_PUBLIC_METHODS);
        // From Java 22 on.
        reflection.registerType(Console.class,
                (type) -> type.withMethod("isTerminal", List.of(), ExecutableMode.INVOKE));
        reflection.registerTypeIfPresent(classLoader, MARKERS + "SingleFieldAppendingMarker",
                (type) -> type.withMethod("getFieldValue", List.of(), ExecutableMode.INVOKE));
        reflection.registerTypeIfPresent(classLoader, MARKERS + "MapEntriesAppendingMarker",
                (type) -> type.withField("map"));
    }

}
