package io.observability.starter.surface;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Works out from the parts of a functional route, told in the order in which a visitor
 * meets them, which literal paths the route answers for {@code GET}. The servlet and the
 * reactive visitors differ in their types alone. Conditions other than path and method
 * are taken as met, since then the application at least may answer; what is negated or
 * unknown names no path. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class RoutePaths {

    // Alternatives of one predicate multiply.
    private static final int MAX_ALTERNATIVES = 1024;

    private static final Alternative ANY = new Alternative(null, true);

    private final Collection<String> paths;

    private final Deque<List<Alternative>> nested = new ArrayDeque<>();

    private final Deque<List<Alternative>> values = new ArrayDeque<>();

    /**
     * Create a collector.
     * @param paths where to put the paths
     */
    public RoutePaths(Collection<String> paths) {
        this.paths = paths;
        this.nested.push(List.of(ANY));
    }

    /**
     * A predicate on the path.
     * @param pattern the path pattern
     */
    public void path(String pattern) {
        this.values.push(List.of(new Alternative(pattern, true)));
    }

    /**
     * A predicate on the method.
     * @param names the names of the methods
     */
    public void methods(Set<String> names) {
        this.values.push(List.of(new Alternative(null, names.contains("GET"))));
    }

    /**
     * Any other predicate.
     */
    public void other() {
        this.values.push(List.of(ANY));
    }

    /**
     * The end of a conjunction of the last two predicates.
     */
    public void and() {
        List<Alternative> right = pop();
        this.values.push(join(pop(), right));
    }

    /**
     * The end of a disjunction of the last two predicates.
     */
    public void or() {
        List<Alternative> both = new ArrayList<>(pop());
        both.addAll(pop());
        this.values.push(bounded(both));
    }

    /**
     * The end of the negation of the last predicate.
     */
    public void negate() {
        pop();
        other();
    }

    /**
     * The last predicate opens a nest of routes.
     */
    public void startNest() {
        this.nested.push(join(outer(), pop()));
    }

    /**
     * The innermost nest ends.
     */
    public void endNest() {
        if (this.nested.size() > 1) {
            this.nested.pop();
        }
        this.values.clear();
    }

    /**
     * The last predicate is that of a route.
     */
    public void route() {
        for (Alternative alternative : join(outer(), pop())) {
            if (alternative.get() && alternative.path() != null) {
                this.paths.add(alternative.path());
            }
        }
        this.values.clear();
    }

    private List<Alternative> outer() {
        List<Alternative> outer = this.nested.peek();
        return (outer != null) ? outer : List.of(ANY);
    }

    private List<Alternative> pop() {
        List<Alternative> value = this.values.poll();
        return (value != null) ? value : List.of(ANY);
    }

    private static List<Alternative> join(List<Alternative> left, List<Alternative> right) {
        List<Alternative> joined = new ArrayList<>();
        for (Alternative first : left) {
            for (Alternative second : right) {
                joined.add(new Alternative(join(first.path(), second.path()), first.get() && second.get()));
            }
        }
        return bounded(joined);
    }

    private static @Nullable String join(@Nullable String first, @Nullable String second) {
        if (first == null || second == null) {
            return (first != null) ? first : second;
        }
        return first.endsWith("/") ? first.substring(0, first.length() - 1) + second : first + second;
    }

    private static List<Alternative> bounded(List<Alternative> alternatives) {
        return (alternatives.size() > MAX_ALTERNATIVES) ? alternatives.subList(0, MAX_ALTERNATIVES) : alternatives;
    }

    /**
     * One way to meet a predicate.
     *
     * @param path the path it asks for, if it does
     * @param get whether it lets {@code GET} pass
     */
    private record Alternative(@Nullable String path, boolean get) {

    }

}
