package io.observability.starter.surface.servlet;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

import io.observability.starter.surface.Surface;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Finds, once all beans exist and before the first request, which of our paths the
 * application maps itself: by a controller, a router function or a servlet. Only literal
 * mappings count; a catch-all such as <code>/{slug}</code> does not take our paths over.
 */
public final class ServletPathClaims implements SmartInitializingSingleton {

    private final Surface surface;

    private final ListableBeanFactory beanFactory;

    private final @Nullable ServletContext servletContext;

    /**
     * Create the search.
     * @param surface the paths of ours
     * @param beanFactory where the application's mappings are
     * @param servletContext where the application's servlets are
     */
    public ServletPathClaims(Surface surface, ListableBeanFactory beanFactory,
            @Nullable ServletContext servletContext) {
        this.surface = surface;
        this.beanFactory = beanFactory;
        this.servletContext = servletContext;
    }

    @Override
    public void afterSingletonsInstantiated() {
        Set<String> paths = new HashSet<>();
        for (RequestMappingHandlerMapping mapping : this.beanFactory.getBeansOfType(RequestMappingHandlerMapping.class)
            .values()) {
            for (RequestMappingInfo info : mapping.getHandlerMethods().keySet()) {
                paths.addAll(info.getDirectPaths());
            }
        }
        for (RouterFunction<?> router : this.beanFactory.getBeansOfType(RouterFunction.class).values()) {
            router.accept(new RouterPaths(paths));
        }
        if (this.servletContext != null) {
            this.servletContext.getServletRegistrations()
                .values()
                .stream()
                .map(ServletRegistration::getMappings)
                .flatMap(Collection::stream)
                .forEach(paths::add);
        }
        this.surface.stepBack(paths);
    }

    /**
     * Collects the literal paths of router functions; those nested below a path prefix
     * are joined to it.
     */
    private static final class RouterPaths implements RouterFunctions.Visitor {

        private final Set<String> paths;

        private String prefix = "";

        RouterPaths(Set<String> paths) {
            this.paths = paths;
        }

        @Override
        public void startNested(RequestPredicate predicate) {
            predicate.accept(new PathOf((path) -> this.prefix = this.prefix + path));
        }

        @Override
        public void endNested(RequestPredicate predicate) {
            predicate.accept(
                    new PathOf((path) -> this.prefix = this.prefix.substring(0, this.prefix.length() - path.length())));
        }

        @Override
        public void route(RequestPredicate predicate, HandlerFunction<?> handlerFunction) {
            predicate.accept(new PathOf((path) -> this.paths.add(this.prefix + path)));
        }

        @Override
        public void resources(Function<ServerRequest, Optional<Resource>> lookupFunction) {
        }

        @Override
        public void attributes(Map<String, Object> attributes) {
        }

        @Override
        public void unknown(RouterFunction<?> routerFunction) {
        }

    }

    private record PathOf(Consumer<String> action) implements RequestPredicates.Visitor {

        @Override
        public void path(String pattern) {
            this.action.accept(pattern);
        }

        @Override
        public void method(Set<HttpMethod> methods) {
        }

        @Override
        @Deprecated(forRemoval = true)
        @SuppressWarnings("removal")
        public void pathExtension(String extension) {
        }

        @Override
        public void header(String name, String value) {
        }

        @Override
        public void param(String name, String value) {
        }

        @Override
        public void version(String version) {
        }

        @Override
        public void startAnd() {
        }

        @Override
        public void and() {
        }

        @Override
        public void endAnd() {
        }

        @Override
        public void startOr() {
        }

        @Override
        public void or() {
        }

        @Override
        public void endOr() {
        }

        @Override
        public void startNegate() {
        }

        @Override
        public void endNegate() {
        }

        @Override
        public void unknown(RequestPredicate predicate) {
        }

    }

}
