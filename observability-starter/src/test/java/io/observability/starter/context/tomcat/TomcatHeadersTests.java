package io.observability.starter.context.tomcat;

import io.observability.starter.AllocatedBytes;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.apache.catalina.connector.Response;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.http.MimeHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TomcatHeaders}.
 */
class TomcatHeadersTests {

    private static final String ID = "3f1c7c0e-2a7b-4a2f-9d0c-1f6f2b7f2e11";

    private final org.apache.coyote.Response coyote = new org.apache.coyote.Response();

    private final Response response = response(this.coyote);

    private final HttpServletResponse facade = this.response.getResponse();

    private final TomcatHeaders headers = new TomcatHeaders();

    @Test
    void headerIsThereAsBytesAndReadAsAnyOther() {
        this.headers.response(this.response);
        assertThat(this.headers.set(this.facade, "X-Request-Id", ID)).isTrue();
        MimeHeaders known = this.coyote.getMimeHeaders();
        assertThat(known.getName(0).getType()).isEqualTo(MessageBytes.T_BYTES);
        assertThat(known.getValue(0).getType()).isEqualTo(MessageBytes.T_BYTES);
        assertThat(this.facade.getHeader("x-request-id")).isEqualTo(ID);
        assertThat(this.facade.getHeaderNames()).containsExactly("X-Request-Id");
        this.facade.setHeader("x-request-ID", "other");
        assertThat(this.facade.getHeaders("X-Request-Id")).containsExactly("other");
    }

    @Test
    void headerThatIsThereIsLeftToTheServletApi() {
        this.headers.response(this.response);
        this.facade.addHeader("X-Request-Id", "first");
        assertThat(this.headers.set(this.facade, "X-Request-Id", ID)).isFalse();
        assertThat(this.facade.getHeaders("X-Request-Id")).containsExactly("first");
    }

    @ParameterizedTest
    @ValueSource(strings = { "a\r\nb", "\t", "a\u007fb", "ä", "\u4e2d" })
    void textThatIsNotPlainIsLeftToTheServletApi(String value) {
        this.headers.response(this.response);
        assertThat(this.headers.set(this.facade, "X-Request-Id", value)).isFalse();
        assertThat(this.facade.getHeaderNames()).isEmpty();
    }

    @Test
    void responseThatIsNotTomcatsOwnIsLeftToTheServletApi() {
        this.headers.response(this.response);
        assertThat(this.headers.set(new HttpServletResponseWrapper(this.facade), "X-Request-Id", ID)).isFalse();
        this.headers.response(null);
        assertThat(this.headers.set(this.facade, "X-Request-Id", ID)).isFalse();
    }

    @Test
    void committedResponseIsLeftToTheServletApi() {
        this.headers.response(this.response);
        this.coyote.setCommitted(true);
        assertThat(this.headers.set(this.facade, "X-Request-Id", ID)).isFalse();
    }

    @Test
    void costsTheBytesOfTheValueAlone() {
        this.headers.response(this.response);
        MimeHeaders known = this.coyote.getMimeHeaders();
        long bytes = AllocatedBytes.perRun(() -> {
            this.headers.set(this.facade, "X-Request-Id", ID);
            known.getName(0).toBytes();
            known.getValue(0).toBytes();
            known.recycle();
        });
        assertThat(bytes).isLessThanOrEqualTo(16 + ID.length() + 4);
    }

    private static Response response(org.apache.coyote.Response coyote) {
        return new Response(coyote);
    }

}
