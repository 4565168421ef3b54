package io.observability.starter.health;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The checks that there are: those that the sources list, and those that are listed no
 * more and still run. Changed by the scheduling thread alone, read by any.
 */
final class CheckRegister {

    private final Supplier<? extends Collection<? extends HealthCheckSource>> sources;

    private final Predicate<String> included;

    private final BiFunction<String, HealthCheck, MonitoredCheck> factory;

    private final HealthListener listener;

    private final Map<String, MonitoredCheck> leaving = new HashMap<>();

    private final AtomicBoolean tooMany = new AtomicBoolean();

    private volatile Map<String, MonitoredCheck> checks = Map.of();

    private volatile boolean listed;

    private boolean listingFailed;

    CheckRegister(Supplier<? extends Collection<? extends HealthCheckSource>> sources, Predicate<String> included,
            BiFunction<String, HealthCheck, MonitoredCheck> factory, HealthListener listener) {
        this.sources = sources;
        this.included = included;
        this.factory = factory;
        this.listener = listener;
    }

    /**
     * The checks that are listed.
     * @return the checks in the order of their names
     */
    Map<String, MonitoredCheck> checks() {
        return this.checks;
    }

    boolean isListed() {
        return this.listed;
    }

    List<String> names() {
        return List.copyOf(list().keySet());
    }

    /**
     * Ask the sources.
     * @param running the threads that may hold a check which is listed no more
     */
    void refresh(CheckThreads running) {
        Map<String, HealthCheck> found;
        try {
            found = list();
        }
        catch (Throwable ex) {
            if (!this.listingFailed) {
                this.listingFailed = true;
                this.listener.listingFailed(ex);
            }
            return;
        }
        this.listingFailed = false;
        Map<String, MonitoredCheck> known = this.checks;
        Map<String, MonitoredCheck> next = new TreeMap<>();
        found.forEach((name, check) -> {
            MonitoredCheck monitored = known.get(name);
            if (monitored == null) {
                monitored = enter(name, check);
            }
            monitored.replace(check);
            next.put(name, monitored);
        });
        this.checks = next;
        this.listed = true;
        known.values().stream().filter((check) -> !next.containsKey(check.name())).forEach((check) -> {
            leave(check, running);
            this.listener.removed(check.name());
        });
        this.leaving.values().removeIf((check) -> !check.isClaimed());
        next.keySet().stream().filter((name) -> !known.containsKey(name)).forEach(this.listener::added);
    }

    private MonitoredCheck enter(String name, HealthCheck check) {
        // Back while its run still hangs: it must not be started a second time.
        MonitoredCheck back = this.leaving.remove(name);
        return (back != null) ? back : this.factory.apply(name, check);
    }

    private void leave(MonitoredCheck check, CheckThreads running) {
        if (running.takeBack(check)) {
            check.release();
        }
        else if (check.isClaimed()) {
            this.leaving.put(check.name(), check);
        }
    }

    /**
     * Press the checks that are late, those that are listed no more included.
     * @return how many are late
     */
    int pressLate() {
        int late = 0;
        for (MonitoredCheck check : this.checks.values()) {
            late += check.pressIfLate() ? 1 : 0;
        }
        for (MonitoredCheck check : this.leaving.values()) {
            late += check.pressIfLate() ? 1 : 0;
        }
        return late;
    }

    private Map<String, HealthCheck> list() {
        Map<String, HealthCheck> found = new TreeMap<>();
        for (HealthCheckSource source : this.sources.get()) {
            for (Map.Entry<String, HealthCheck> entry : source.checks().entrySet()) {
                if (found.containsKey(entry.getKey()) || !this.included.test(entry.getKey())) {
                    continue;
                }
                if (found.size() == HealthChecks.MAX_CHECKS) {
                    if (this.tooMany.compareAndSet(false, true)) {
                        this.listener.tooManyChecks(HealthChecks.MAX_CHECKS);
                    }
                    return found;
                }
                found.put(entry.getKey(), entry.getValue());
            }
        }
        return found;
    }

}
