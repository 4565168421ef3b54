package io.observability.starter.context;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link CarriedTasks} and of the accessors of {@link ContextAccessors}.
 */
class CarriedTasksTests {

    private final ExecutorService other = Executors.newSingleThreadExecutor();

    private final AtomicReference<String> seen = new AtomicReference<>();

    @BeforeEach
    void register() {
        ContextAccessors.register(ContextRegistry.getInstance());
    }

    @AfterEach
    void clear() {
        MDC.clear();
        this.other.shutdownNow();
    }

    @Test
    void taskSeesTheRequestIdOfItsCallerAndNothingStays() throws Exception {
        MDC.put("request_id", "r-1");
        Runnable task = CarriedTasks.carry(() -> this.seen.set(MDC.get("request_id")));
        this.other.submit(task).get();
        assertThat(this.seen).hasValue("r-1");
        assertThat(this.other.submit(() -> MDC.get("request_id")).get()).isNull();
    }

    @Test
    void callableSeesTheRequestIdOfItsCaller() throws Exception {
        MDC.put("request_id", "r-1");
        Callable<String> task = CarriedTasks.carry(() -> MDC.get("request_id"));
        assertThat(this.other.submit(task).get()).isEqualTo("r-1");
        List<Callable<String>> tasks = CarriedTasks.carryAll(List.of(() -> MDC.get("request_id"), task));
        for (java.util.concurrent.Future<String> result : this.other.invokeAll(tasks)) {
            assertThat(result.get()).isEqualTo("r-1");
        }
    }

    @Test
    void otherKeysOfTheMdcAreNotCarried() throws Exception {
        MDC.put("trace_id", "t-1");
        MDC.put("mine", "value");
        Callable<Object> task = CarriedTasks.carry(() -> MDC.getCopyOfContextMap());
        assertThat((java.util.Map<?, ?>) this.other.submit(task).get()).isNullOrEmpty();
    }

    @Test
    void taskOfACallerWithoutIdDoesNotSeeWhatIsLeftOnTheWorker() throws Exception {
        this.other.submit(() -> MDC.put("request_id", "left behind")).get();
        Callable<String> task = CarriedTasks.carry(() -> MDC.get("request_id"));
        assertThat(this.other.submit(task).get()).isNull();
        assertThat(this.other.submit(() -> MDC.get("request_id")).get()).isEqualTo("left behind");
    }

    @Test
    void nothingStaysAfterATaskThatFails() throws Exception {
        MDC.put("request_id", "r-1");
        Runnable failing = () -> {
            throw new IllegalStateException("expected");
        };
        Runnable task = CarriedTasks.carry(failing);
        assertThat(this.other.submit(task)).failsWithin(java.time.Duration.ofSeconds(5));
        assertThat(this.other.submit(() -> MDC.get("request_id")).get()).isNull();
    }

    @Test
    void onTheCallersOwnThreadTheIdIsThereAfterwards() {
        MDC.put("request_id", "r-1");
        CarriedTasks.carry(() -> this.seen.set(MDC.get("request_id"))).run();
        assertThat(this.seen).hasValue("r-1");
        assertThat(MDC.get("request_id")).isEqualTo("r-1");
    }

    @Test
    void isTiedOnce() {
        Runnable task = () -> {
        };
        Runnable carried = CarriedTasks.carry(task);
        assertThat(carried).isNotSameAs(task);
        assertThat(CarriedTasks.carry(carried)).isSameAs(carried);
        Callable<String> callable = CarriedTasks.carry(() -> "result");
        assertThat(CarriedTasks.carry(callable)).isSameAs(callable);
        assertThat(CarriedTasks.original(carried)).isSameAs(task);
        assertThat(CarriedTasks.original(task)).isSameAs(task);
        assertThat(carried).hasToString(task.toString());
    }

    @Test
    void aTiedTaskIsFoundInAQueueByTheTaskItself() {
        Runnable task = () -> {
        };
        LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
        queue.add(CarriedTasks.carry(() -> {
        }));
        queue.add(CarriedTasks.carry(task));
        assertThat(queue.remove(CarriedTasks.sameAs(task))).isTrue();
        assertThat(queue.remove(CarriedTasks.sameAs(task))).isFalse();
        assertThat(queue).hasSize(1);
    }

    @Test
    void outsideThereIsNoContextAndAfterwardsThereIs() {
        MDC.put("request_id", "r-1");
        try (CarriedTasks.Scope outside = CarriedTasks.outside()) {
            assertThat(RequestIds.current()).isNull();
        }
        assertThat(RequestIds.current()).isEqualTo("r-1");
    }

    @Test
    void unobservedWorkStaysUnobservedOnAnotherThread() throws Exception {
        Callable<Boolean> task;
        try (Unobserved.Scope scope = Unobserved.open()) {
            task = CarriedTasks.carry(Unobserved::isActive);
        }
        assertThat(this.other.submit(task).get()).isTrue();
        assertThat(this.other.submit(Unobserved::isActive).get()).isFalse();
        assertThat(this.other.submit(CarriedTasks.carry(Unobserved::isActive)).get()).isFalse();
    }

    @Test
    void anAccessorThatThrowsDoesNotCostTheTask() throws Exception {
        ContextRegistry.getInstance().registerThreadLocalAccessor(new FailingAccessor());
        try {
            Callable<String> task = CarriedTasks.carry(() -> "done");
            assertThat(this.other.submit(task).get()).isEqualTo("done");
            CarriedTasks.carry(() -> this.seen.set("done")).run();
            assertThat(this.seen).hasValue("done");
        }
        finally {
            ContextRegistry.getInstance().removeThreadLocalAccessor((Object) "failing");
        }
    }

    @Test
    void accessorsAreRegisteredOnce() {
        ContextRegistry registry = new ContextRegistry();
        ContextAccessors.register(registry);
        List<ThreadLocalAccessor<?>> accessors = List.copyOf(registry.getThreadLocalAccessors());
        ContextAccessors.register(registry);
        assertThat(registry.getThreadLocalAccessors()).containsExactlyElementsOf(accessors);
        assertThat(accessors).extracting(ThreadLocalAccessor::key)
            .containsExactlyInAnyOrder(RequestIds.ATTRIBUTE, BusinessTags.ATTRIBUTE, Unobserved.KEY);
    }

    private static final class FailingAccessor implements ThreadLocalAccessor<String> {

        @Override
        public Object key() {
            return "failing";
        }

        @Override
        public String getValue() {
            throw new IllegalStateException("expected");
        }

        @Override
        public void setValue(String value) {
            throw new IllegalStateException("expected");
        }

    }

}
