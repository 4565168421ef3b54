package io.observability.starter.metrics.cardinality;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class OverflowActionTests {

    @ParameterizedTest
    @ValueSource(strings = { "keep-most-frequent", "other", "drop", "hash:1", "hash:1024", "prefix:1", "prefix:64" })
    void readsWhatItWrites(String text) {
        assertThat(OverflowAction.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "hash", "prefix", "hash:0", "hash:1025", "prefix:65", "hash:x", "keep", "drop:1",
            "hash:", "hash:-1", "hash:99999999999" })
    void refusesEverythingElse(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> OverflowAction.parse(text));
    }

}
