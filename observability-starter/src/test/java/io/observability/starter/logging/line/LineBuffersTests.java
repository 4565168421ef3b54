package io.observability.starter.logging.line;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LineBuffersTests {

    private final LineBuffers buffers = new LineBuffers(2);

    @Test
    void fourAreNearAThread() {
        List<LineBuffer> taken = takeAllNear();
        assertThat(taken).hasSize(4).doesNotHaveDuplicates();
        assertThat(this.buffers.take()).isNotIn(taken);
    }

    @Test
    void whatIsGivenBackIsKeptWhoeverElseGivesBack() {
        Set<LineBuffer> kept = Collections.newSetFromMap(new IdentityHashMap<>());
        kept.addAll(takeAllNear());
        for (int i = 0; i < 100; i++) {
            kept.forEach(this.buffers::giveBack);
            assertThat(takeAllNear()).hasSize(4).allMatch(kept::contains);
        }
    }

    @Test
    void oneThatWasMadeFindsAPlaceOrIsLeft() {
        List<LineBuffer> taken = new ArrayList<>(takeAllNear());
        taken.add(this.buffers.make());
        taken.forEach(this.buffers::giveBack);
        assertThat(takeAllNear()).hasSize(4).doesNotHaveDuplicates();
    }

    @Test
    void aHugeOneIsReplaced() {
        LineBuffer huge = this.buffers.take();
        huge.ensure(100 * 1024);
        this.buffers.giveBack(huge);
        assertThat(takeAllNear()).hasSize(4).doesNotContain(huge).allMatch((buffer) -> buffer.capacity() <= 64 * 1024);
    }

    private List<LineBuffer> takeAllNear() {
        List<LineBuffer> taken = new ArrayList<>();
        for (LineBuffer buffer = this.buffers.takeNear(); buffer != null; buffer = this.buffers.takeNear()) {
            taken.add(buffer);
        }
        return taken;
    }

}
