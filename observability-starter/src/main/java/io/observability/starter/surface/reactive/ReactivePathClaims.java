package io.observability.starter.surface.reactive;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.observability.starter.surface.RoutePaths;
import io.observability.starter.surface.Surface;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.handler.AbstractUrlHandlerMapping;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;

/**
 * Finds, once all beans exist and before the first request, which of our paths the
 * WebFlux application maps itself for {@code GET}: by a controller, an actuator endpoint,
 * a router function or a handler by URL. Only literal mappings count; a catch-all such as
 * <code>/{slug}</code> does not take our paths over.
 */
public final class ReactivePathClaims implements SmartInitializingSingleton {

    private final Surface surface;

    private final ListableBeanFactory beanFactory;

    /**
     * Create the search.
     * @param surface the paths of ours
     * @param beanFactory where the application's mappings are
     */
    public ReactivePathClaims(Surface surface, ListableBeanFactory beanFactory) {
        this.surface = surface;
        this.beanFactory = beanFactory;
    }

    @Override
    public void afterSingletonsInstantiated() {
        Set<String> paths = new HashSet<>();
        for (RequestMappingInfoHandlerMapping mapping : this.beanFactory
            .getBeansOfType(RequestMappingInfoHandlerMapping.class)
            .values()) {
            for (RequestMappingInfo info : mapping.getHandlerMethods().keySet()) {
                Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
                if (methods.isEmpty() || methods.contains(RequestMethod.GET)) {
                    paths.addAll(info.getDirectPaths());
                }
            }
        }
        for (AbstractUrlHandlerMapping mapping : this.beanFactory.getBeansOfType(AbstractUrlHandlerMapping.class)
            .values()) {
            mapping.getHandlerMap().keySet().forEach((pattern) -> paths.add(pattern.getPatternString()));
        }
        for (RouterFunction<?> router : this.beanFactory.getBeansOfType(RouterFunction.class).values()) {
            router.accept(new Routes(new RoutePaths(paths)));
        }
        this.surface.stepBack(paths);
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
        public void resources(Function<ServerRequest, Mono<Resource>> lookupFunction) {
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
        public void queryParam(String name, String value) {
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
