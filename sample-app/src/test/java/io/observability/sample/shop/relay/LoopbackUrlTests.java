package io.observability.sample.shop.relay;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LoopbackUrlTests {

    @ParameterizedTest
    @ValueSource(strings = { "http://localhost:7777/callback/1", "http://127.0.0.1/", "https://127.1.2.3:1/a?b=c",
            "http://[::1]:8080/x" })
    void callsThisHost(String url) {
        assertThat(LoopbackUrl.isOne(url)).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", "localhost", "/test", "file:///etc/passwd", "ftp://localhost/", "http://example.com/",
            "http://localhost.example.com/", "http://127.0.0.1.example.com/", "http://localhost@example.com/",
            "http://example.com#localhost", "http://0x7f000001/", "http://10.0.0.1/", "http://[fe80::1]/",
            "http://127.0.0.1\n.example.com/" })
    void callsNoOther(String url) {
        assertThat(LoopbackUrl.isOne(url)).isFalse();
    }

}
