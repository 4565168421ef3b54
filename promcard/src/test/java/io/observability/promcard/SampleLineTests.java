package io.observability.promcard;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SampleLineTests {

    private final SampleLine sample = new SampleLine();

    @ParameterizedTest
    @ValueSource(strings = { "up 1", "up{} 1", "up\t1", "  up 1", "up 1 1395066363000", "up +Inf", "up -Inf", "up NaN",
            "up 1e-9", "up 0x1p3", "{\"up\"} 1", "up{ } 1", "up 17 # {trace_id=\"KOO5S4vxi0o\"} 0.67 1520879607.789" })
    void readsANameAndAValue(String line) {
        assertThat(this.sample.read(line)).isTrue();
        assertThat(this.sample.name()).isEqualTo("up");
        assertThat(this.sample.labelNames()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "m{a=\"1\",b=\"2\"} 3", "m{a=\"1\",b=\"2\",} 3", "m { a = \"1\" , b = \"2\" } 3",
            "{\"m\",a=\"1\",b=\"2\"} 3", "m{\"a\"=\"1\",\"b\"=\"2\"} 3", "{a=\"1\",\"m\",b=\"2\"} 3" })
    void readsLabels(String line) {
        assertThat(this.sample.read(line)).isTrue();
        assertThat(this.sample.name()).isEqualTo("m");
        assertThat(this.sample.labelNames()).containsExactly("a", "b");
        assertThat(this.sample.labelValues()).containsExactly("1", "2");
    }

    @Test
    void readsWhatIsEscaped() {
        assertThat(this.sample.read("m{a=\"x\\\"}, b=\\\\ \\n {é\",b=\"\"} 1")).isTrue();
        assertThat(this.sample.labelValues()).isEqualTo(List.of("x\"}, b=\\ \n {é", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "<html>", "Hello World", "{\"status\":\"UP\"}", "up", "up{", "up{a", "up{a=",
            "up{a=\"", "up{a=\"1\"", "up{a=\"1\"}", "up{a=\"1\"} ", "up{a=1} 1", "up{a=\"1\" b=\"2\"} 1", "{} 1",
            "{\"a\",\"b\"} 1", "1up 1", "up one", "up{a=\"1\\", "{a=\"1\"} 1", "ünknown 1" })
    void isNotFooled(String line) {
        assertThat(this.sample.read(line)).isFalse();
    }

}
