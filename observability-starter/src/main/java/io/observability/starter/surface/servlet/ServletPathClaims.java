package io.observability.starter.surface.servlet;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.observability.starter.surface.RoutePaths;
import io.observability.starter.surface.Surface;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * Finds, once all beans exist and before the first request, which of our paths the
 * application maps itself for {@code GET}: by a controller, an actuator endpoint, a
 * router function, a handler by URL or a servlet. Only literal mappings count; a
 * catch-all such as <code>/{slug}</code> does not take our paths over.
 */
public final class ServletPathClaims implements SmartInitializingSingleton {

    private final Surface surface;

    private final ListableBeanFactory beanFactory;

    private final @Nullable ServletContext servletContext;

    private final String dispatcherPrefix;

    /**
     * Create the search.
     * @param surface the paths of ours
     * @param beanFactory where the application's mappings are
     * @param servletContext where the application's servlets are
     * @param dispatcherPrefix the path of the dispatcher servlet, empty if it has all
     */
    public ServletPathClaims(Surface surface, ListableBeanFactory beanFactory, @Nullable ServletContext servletContext,
            String dispatcherPrefix) {
        this.surface = surface;
        this.beanFactory = beanFactory;
        this.servletContext = servletContext;
        this.dispatcherPrefix = dispatcherPrefix;
    }

    @Override
    public void afterSingletonsInstantiated() {
        Set<String> dispatched = new HashSet<>();
        for (RequestMappingInfoHandlerMapping mapping : this.beanFactory
            .getBeansOfType(RequestMappingInfoHandlerMapping.class)
            .values()) {
            for (RequestMappingInfo info : mapping.getHandlerMethods().keySet()) {
                Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
                if (methods.isEmpty() || methods.contains(RequestMethod.GET)) {
                    dispatched.addAll(info.getDirectPaths());
                }
            }
        }
        for (AbstractUrlHandlerMapping mapping : this.beanFactory.getBeansOfType(AbstractUrlHandlerMapping.class)
            .values()) {
            dispatched.addAll(mapping.getHandlerMap().keySet());
        }
        for (RouterFunction<?> router : this.beanFactory.getBeansOfType(RouterFunction.class).values()) {
            router.accept(new Routes(new RoutePaths(dispatched)));
        }
        Set<String> paths = servletPaths();
        dispatched.forEach((path) -> paths.add(this.dispatcherPrefix + path));
        this.surface.stepBack(paths);
    }

    private Set<String> servletPaths() {
        Set<String> paths = new HashSet<>();
        if (this.servletContext != null) {
            for (ServletRegistration servlet : this.servletContext.getServletRegistrations().values()) {
                if (SurfaceServlet.NAME.equals(servlet.getName())) {
                    continue;
                }
                for (String mapping : servlet.getMappings()) {
                    // "/healthz/*" answers "/healthz" too (Servlet 6.1, section 12.2).
                    boolean below = mapping.length() > 2 && mapping.endsWith("/*");
                    paths.add(below ? mapping.substring(0, mapping.length() - 2) : mapping);
                }
            }
        }
        return paths;
    }

    /**
     * Tells a router's parts to {@link RoutePaths}.
     *
     * @param routes what works the paths out
     */
    private record Routes(RoutePaths routes) implements RouterFunctions.Visitor {

        @Override
        public void startNested(RequestPredicate predicate) {
            predicate.accept(new Predicates(this.routes));
            this.routes.startNest();
        }

        @Override
        public void endNested(RequestPredicate predicate) {
            this.routes.endNest();
        }

        @Override
        public void route(RequestPredicate predicate, HandlerFunction<?> handlerFunction) {
            predicate.accept(new Predicates(this.routes));
            this.routes.route();
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

    /**
     * Tells a predicate's parts to {@link RoutePaths}.
     *
     * @param routes what works the paths out
     */
    private record Predicates(RoutePaths routes) implements RequestPredicates.Visitor {

        @Override
        public void path(String pattern) {
            this.routes.path(pattern);
        }

        @Override
        public void method(Set<HttpMethod> methods) {
            this.routes.methods(methods.stream().map(HttpMethod::name).collect(Collectors.toSet()));
        }

        @Override
        @Deprecated(forRemoval = true)
        @SuppressWarnings("removal")
        public void pathExtension(String extension) {
            this.routes.other();
        }

        @Override
        public void header(String name, String value) {
            this.routes.other();
        }

        @Override
        public void param(String name, String value) {
            this.routes.other();
        }

        @Override
        public void version(String version) {
            this.routes.other();
        }

        @Override
        public void startAnd() {
        }

        @Override
        public void and() {
        }

        @Override
        public void endAnd() {
            this.routes.and();
        }

        @Override
        public void startOr() {
        }

        @Override
        public void or() {
        }

        @Override
        public void endOr() {
            this.routes.or();
        }

        @Override
        public void startNegate() {
        }

        @Override
        public void endNegate() {
            this.routes.negate();
        }

        @Override
        public void unknown(RequestPredicate predicate) {
            this.routes.other();
        }

    }

}
