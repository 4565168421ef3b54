package io.observability.starter.surface;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link RoutePaths}.
 */
class RoutePathsTests {

    @Test
    void pathWithAndWithoutAMethod() {
        assertThat(paths((routes) -> {
            routes.path("/a");
            routes.route();
            routes.methods(Set.of("GET"));
            routes.path("/b");
            routes.and();
            routes.route();
            routes.methods(Set.of("POST"));
            routes.path("/c");
            routes.and();
            routes.route();
            routes.path("/d");
            routes.other();
            routes.and();
            routes.route();
        })).containsExactly("/a", "/b", "/d");
    }

    @Test
    void alternativesEachCountAndNegationsDoNot() {
        assertThat(paths((routes) -> {
            routes.path("/a");
            routes.path("/b");
            routes.or();
            routes.route();
            routes.path("/c");
            routes.negate();
            routes.route();
            routes.other();
            routes.route();
            routes.path("/d");
            routes.methods(Set.of("POST"));
            routes.and();
            routes.path("/e");
            routes.or();
            routes.route();
        })).containsExactly("/a", "/b", "/e");
    }

    @Test
    void nestsJoinTheirPrefixes() {
        assertThat(paths((routes) -> {
            routes.path("/x");
            routes.path("/y");
            routes.or();
            routes.startNest();
            routes.path("/a");
            routes.route();
            routes.methods(Set.of("POST"));
            routes.startNest();
            routes.path("/b");
            routes.route();
            routes.endNest();
            routes.path("/c");
            routes.route();
            routes.endNest();
            routes.path("/");
            routes.startNest();
            routes.path("/d");
            routes.route();
            routes.endNest();
        })).containsExactly("/d", "/x/a", "/x/c", "/y/a", "/y/c");
    }

    @Test
    void nonsenseAndExplosionsAreSurvived() {
        assertThat(paths((routes) -> {
            routes.and();
            routes.or();
            routes.endNest();
            routes.endNest();
            routes.route();
            for (int i = 0; i < 20; i++) {
                routes.path("/a");
                routes.path("/b");
                routes.or();
                routes.startNest();
            }
            routes.path("/c");
            routes.route();
        })).hasSizeLessThanOrEqualTo(1024).isNotEmpty();
    }

    private static Set<String> paths(Consumer<RoutePaths> visit) {
        Set<String> paths = new TreeSet<>();
        visit.accept(new RoutePaths(paths));
        return paths;
    }

}
