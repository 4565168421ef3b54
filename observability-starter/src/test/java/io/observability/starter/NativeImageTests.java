package io.observability.starter;

import java.io.Console;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.observability.starter.logging.LineAppender;
import io.observability.starter.metrics.business.CountedByResult;
import net.logstash.logback.marker.MapEntriesAppendingMarker;
import net.logstash.logback.marker.SingleFieldAppendingMarker;
import org.junit.jupiter.api.Test;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.ExecutableHint;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.cglib.proxy.Enhancer;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.support.CompositeTaskDecorator;
import org.springframework.javapoet.ClassName;
import org.springframework.scheduling.concurrent.ConcurrentTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the starter reads by name is known to a native image, and nothing is read by name
 * that nobody has thought of.
 */
class NativeImageTests {

    private static final String BASE = "io.observability.starter";

    private static final Path RESOURCES = Path.of("src/main/resources");

    private static final Map<Class<?>, Set<String>> BY_NAME = Map.ofEntries(
            Map.entry(Class.class,
                    Set.of("forName", "getResource", "getResourceAsStream", "getMethod", "getMethods",
                            "getDeclaredMethod", "getDeclaredMethods", "getField", "getFields", "getDeclaredField",
                            "getDeclaredFields", "getConstructor", "getDeclaredConstructor")),
            Map.entry(ClassLoader.class, Set.of("loadClass", "getResource", "getResources", "getResourceAsStream")),
            Map.entry(MethodHandles.class, Set.of("privateLookupIn")),
            Map.entry(Proxy.class, Set.of("newProxyInstance")),
            Map.entry(ServiceLoader.class, Set.of("load", "loadInstalled")),
            Map.entry(ClassUtils.class, Set.of("forName", "isPresent", "resolveClassName")),
            Map.entry(AnnotatedElementUtils.class,
                    Set.of("findMergedAnnotation", "getMergedAnnotation", "hasAnnotation", "isAnnotated")),
            Map.entry(BeanUtils.class, Set.of("instantiateClass")),
            Map.entry(ReflectionUtils.class, Set.of("findMethod", "findField", "makeAccessible", "invokeMethod")),
            Map.entry(SpringFactoriesLoader.class, Set.of("load", "loadFactories", "forDefaultResourceLocation")),
            Map.entry(PropertiesLoaderUtils.class, Set.of("loadAllProperties")),
            Map.entry(ClassPathResource.class, Set.of("<init>")),
            Map.entry(DefaultResourceLoader.class, Set.of("<init>")),
            Map.entry(PathMatchingResourcePatternResolver.class, Set.of("<init>")),
            Map.entry(DirectFieldAccessor.class, Set.of("<init>")), Map.entry(Enhancer.class, Set.of("<init>")));

    private final RuntimeHints hints = hints();

    @Test
    void whatIsReadByNameIsKnown() {
        Set<String> found = new TreeSet<>();
        for (JavaClass type : new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(BASE)) {
            type.getCodeUnitCallsFromSelf().forEach((call) -> {
                AccessTarget target = call.getTarget();
                BY_NAME.forEach((owner, names) -> {
                    if (target.getOwner().isEquivalentTo(owner) && names.contains(target.getName())) {
                        found.add(type.getSimpleName() + ": " + owner.getSimpleName() + "." + target.getName());
                    }
                });
            });
        }
        assertThat(found).containsExactlyInAnyOrder(
                // There is a hint for each of these, and a test below.
                "CallObservationChanges: ClassUtils.isPresent", "RequestIdSenderHandler: ClassUtils.isPresent",
                "DefaultSettingsEnvironmentPostProcessor: ClassPathResource.<init>",
                "ExecutorContextPostProcessor: DirectFieldAccessor.<init>",
                "LineLoggingSystemFactory: ClassUtils.isPresent", "LoggingPlan: ClassLoader.getResource",
                "LoggingPlan: ClassUtils.isPresent", "LoggingSettings: ClassUtils.isPresent",
                "LogstashParts: MethodHandles.privateLookupIn", "Terminal: Class.getMethod",
                // Asked while the image is made.
                "LoggingRuntimeHints: ClassUtils.isPresent",
                // Not done in an image: classes can't be made there.
                "ExecutorContextPostProcessor: Class.getMethods", "JdkExecutorSubclass: Enhancer.<init>",
                // An encoder of the application's, which has to give the hint.
                "RouteFactory: BeanUtils.instantiateClass", "RouteFactory: ClassUtils.forName",
                // Methods of beans, which Spring sees to.
                "CountedByResultInterceptor: AnnotatedElementUtils.findMergedAnnotation",
                "CountedByResultPostProcessor: AnnotatedElementUtils.findMergedAnnotation");
    }

    @Test
    void everyFileOfTheStarterIsInTheImage() throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES.resolve("io"))) {
            List<String> names = files.filter(Files::isRegularFile)
                .map((file) -> RESOURCES.relativize(file).toString().replace('\\', '/'))
                .toList();
            assertThat(names).isNotEmpty()
                .allSatisfy(
                        (name) -> assertThat(RuntimeHintsPredicates.resource().forResource(name)).accepts(this.hints));
        }
    }

    @Test
    void configurationOfTheApplicationIsFound() {
        for (String name : List.of("logback.xml", "logback-spring.xml", "logback-test.xml")) {
            assertThat(RuntimeHintsPredicates.resource().forResource(name)).as(name).accepts(this.hints);
        }
    }

    @Test
    void classesOfTheIncludedConfigurationCanBeMade() throws Exception {
        assertThat(RuntimeHintsPredicates.reflection().onConstructorInvocation(LineAppender.class.getConstructor()))
            .accepts(this.hints);
        assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(LineAppender.class, "setSource"))
            .accepts(this.hints);
        assertThat(RuntimeHintsPredicates.reflection()
            .onConstructorInvocation(
                    Class.forName(BASE + ".logging.autoconfigure.EnvironmentLines").getDeclaredConstructor()))
            .accepts(this.hints);
    }

    @Test
    void logbackIsFound() {
        assertThat(RuntimeHintsPredicates.reflection().onType(Level.class)).accepts(this.hints);
    }

    @Test
    void consoleIsAskedForItsTerminal() {
        assertThat(this.hints.reflection().getTypeHint(Console.class).methods()).singleElement()
            .extracting(ExecutableHint::getName, ExecutableHint::getMode)
            .containsExactly("isTerminal", ExecutableMode.INVOKE);
    }

    @Test
    void structuredArgumentsCanBeRead() {
        assertThat(RuntimeHintsPredicates.reflection()
            .onMethodInvocation(SingleFieldAppendingMarker.class, "getFieldValue")).accepts(this.hints);
        assertThat(RuntimeHintsPredicates.reflection().onFieldAccess(MapEntriesAppendingMarker.class, "map"))
            .accepts(this.hints);
    }

    @Test
    void decoratorsOfExecutorsCanBeRead() {
        for (Class<?> type : List.of(ThreadPoolTaskExecutor.class, ThreadPoolTaskScheduler.class,
                SimpleAsyncTaskExecutor.class, ConcurrentTaskExecutor.class)) {
            assertThat(RuntimeHintsPredicates.reflection().onFieldAccess(type, "taskDecorator")).as(type.getName())
                .accepts(this.hints);
        }
        assertThat(RuntimeHintsPredicates.reflection().onFieldAccess(CompositeTaskDecorator.class, "taskDecorators"))
            .accepts(this.hints);
        assertThat(RuntimeHintsPredicates.reflection().onType(ThreadPoolExecutor.class)).rejects(this.hints);
    }

    @Test
    void webClientIsFound() {
        assertThat(RuntimeHintsPredicates.reflection().onType(WebClient.class)).accepts(this.hints);
    }

    @Test
    void countedMethodsOfBeansAreFound() {
        DefaultGenerationContext generation = new DefaultGenerationContext(
                new ClassNameGenerator(ClassName.get(NativeImageTests.class)), new InMemoryGeneratedFiles());
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            context.registerBean(Counted.class);
            new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
        }
        // The methods of a type that is known can be looked at.
        assertThat(RuntimeHintsPredicates.reflection().onType(Counted.class)).accepts(generation.getRuntimeHints());
    }

    private static RuntimeHints hints() {
        RuntimeHints hints = new RuntimeHints();
        ClassLoader classLoader = NativeImageTests.class.getClassLoader();
        List<RuntimeHintsRegistrar> ours = SpringFactoriesLoader
            .forResourceLocation("META-INF/spring/aot.factories", classLoader)
            .load(RuntimeHintsRegistrar.class)
            .stream()
            .filter((registrar) -> registrar.getClass().getName().startsWith(BASE))
            .toList();
        assertThat(ours).hasSize(3);
        ours.forEach((registrar) -> registrar.registerHints(hints, classLoader));
        return hints;
    }

    static class Counted {

        @CountedByResult("work.done")
        void work() {
        }

    }

}
