package io.observability.starter.logging.ring;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SegmentMemoriesTests {

    private final SegmentMemories memories = new SegmentMemories(4, 128);

    @Test
    void aBurstKeepsItsMemoryUntilItIsOver() {
        List<SegmentMemory> burst = List.of(this.memories.take(), this.memories.take(), this.memories.take());
        burst.forEach(this.memories::giveBack);
        assertThat(List.of(this.memories.take(), this.memories.take(), this.memories.take()))
            .containsExactlyElementsOf(burst);
        burst.forEach(this.memories::giveBack);
        this.memories.trim();
        assertThat(List.of(this.memories.take(), this.memories.take())).containsExactlyElementsOf(burst.subList(0, 2));
        assertThat(this.memories.take()).isNotIn(burst);
    }

    @Test
    void eachHasRoomForItsLines() {
        SegmentMemory memory = this.memories.take();
        assertThat(memory.bytes).hasSize(128);
        assertThat(memory.ends).hasSize(16);
    }

}
