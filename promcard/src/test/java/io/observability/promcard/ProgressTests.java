package io.observability.promcard;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProgressTests {

    private final StringWriter terminal = new StringWriter();

    private final AtomicLong time = new AtomicLong();

    private final Progress progress = new Progress(new PrintWriter(this.terminal), this.time::get);

    @Test
    void aShortRunShowsNothing() {
        this.progress.show(1, 2, 3);
        this.progress.clear();
        assertThat(this.terminal.toString()).isEmpty();
    }

    @Test
    void aLongRunShowsOneLineThatIsGoneInTheEnd() {
        this.time.set(300_000_000);
        this.progress.show(5, 10, 123_456);
        this.progress.show(6, 10, 123_457);
        this.time.set(600_000_000);
        this.progress.show(7, 0, 200_000);
        this.progress.clear();
        assertThat(this.terminal.toString()).isEqualTo("\rpromcard: 123,456 series of 5 of 10 metrics\u001b[K"
                + "\rpromcard: 200,000 series of 7 metrics\u001b[K" + "\r\u001b[K");
    }

    @Test
    void withoutATerminalThereIsNothing() {
        Progress nowhere = new Progress(null, this.time::get);
        this.time.set(300_000_000);
        nowhere.show(1, 1, 1);
        nowhere.clear();
        assertThat(this.terminal.toString()).isEmpty();
    }

}
