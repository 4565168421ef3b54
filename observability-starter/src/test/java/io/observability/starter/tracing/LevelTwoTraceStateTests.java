package io.observability.starter.tracing;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.opentelemetry.api.trace.TraceState;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LevelTwoTraceStateTests {

    private final TraceState state = LevelTwoTraceState.parse(List.of("0a=1,b@c@d=2", "e=3").iterator());

    @Test
    void readsMembersOfAllHeadersInOrder() {
        assertThat(this.state.asMap()).containsExactly(Map.entry("0a", "1"), Map.entry("b@c@d", "2"),
                Map.entry("e", "3"));
        assertThat(this.state.size()).isEqualTo(3);
        assertThat(this.state.isEmpty()).isFalse();
        assertThat(this.state.get("e")).isEqualTo("3");
        assertThat(this.state.get("f")).isNull();
    }

    @Test
    void whatIsChangedComesFirstAndTheRestStays() {
        TraceState changed = this.state.toBuilder().put("e", "4").remove("b@c@d").build();
        assertThat(changed.asMap()).containsExactly(Map.entry("e", "4"), Map.entry("0a", "1"));
        assertThat(this.state.get("e")).isEqualTo("3");
    }

    @Test
    void builderIgnoresWhatIsInvalid() {
        assertThat(this.state.toBuilder().put("A", "1").put("x", "a,b").put("y", "").build()).isEqualTo(this.state);
    }

    @Test
    void fullListGivesUpItsLastMember() {
        String members = IntStream.range(0, 32).mapToObj((i) -> "k" + i + "=" + i).collect(Collectors.joining(","));
        TraceState full = LevelTwoTraceState.parse(List.of(members).iterator()).toBuilder().put("ot", "th:8").build();
        assertThat(full.size()).isEqualTo(32);
        assertThat(full.asMap().keySet()).startsWith("ot", "k0").doesNotContain("k31");
    }

    @Test
    void nothingLeftIsTheEmptyState() {
        TraceState one = LevelTwoTraceState.parse(List.of("a=1").iterator());
        assertThat(one.toBuilder().remove("a").build()).isSameAs(TraceState.getDefault());
    }

}
