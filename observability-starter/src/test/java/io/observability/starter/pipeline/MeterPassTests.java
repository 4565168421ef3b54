package io.observability.starter.pipeline;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MeterPassTests {

    private final AtomicInteger reads = new AtomicInteger();

    private final Supplier<Integer> once = MeterPass.once(this.reads::incrementAndGet);

    @Test
    void withoutAPassEachAsksAnew() {
        assertThat(this.once.get()).isOne();
        assertThat(this.once.get()).isEqualTo(2);
    }

    @Test
    void withinAPassAllGetTheSame() {
        try (MeterPass pass = MeterPass.begin()) {
            assertThat(this.once.get()).isOne();
            assertThat(this.once.get()).isOne();
        }
        assertThat(this.once.get()).isEqualTo(2);
    }

    @Test
    void eachPassReadsForItself() throws Exception {
        try (MeterPass pass = MeterPass.begin()) {
            assertThat(this.once.get()).isOne();
            try (MeterPass inner = MeterPass.begin()) {
                assertThat(this.once.get()).isEqualTo(2);
            }
            assertThat(this.once.get()).isOne();
            Thread other = new Thread(this.once::get);
            other.start();
            other.join();
            assertThat(this.reads).hasValue(3);
        }
    }

}
