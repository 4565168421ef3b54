package io.observability.starter.surface.reactive;

import java.util.HashSet;
import java.util.Set;

import io.observability.starter.surface.Surface;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/**
 * Finds which of our paths a controller of the WebFlux application maps itself. Only
 * literal mappings count.
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
        for (RequestMappingHandlerMapping mapping : this.beanFactory.getBeansOfType(RequestMappingHandlerMapping.class)
            .values()) {
            for (RequestMappingInfo info : mapping.getHandlerMethods().keySet()) {
                paths.addAll(info.getDirectPaths());
            }
        }
        this.surface.stepBack(paths);
    }

}
