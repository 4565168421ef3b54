package io.observability.starter.context;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link RequestIds}.
 */
class RequestIdsTests {

    @AfterEach
    void clear() {
        MDC.clear();
    }

    @ParameterizedTest
    @ValueSource(strings = { "a", "7", "A.b_c-9", "00000000-0000-4000-8000-000000000000",
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._" })
    void acceptsWhatIsInTheAlphabet(String id) {
        assertThat(RequestIds.isValid(id)).isTrue();
        assertThat(RequestIds.acceptOrCreate(id)).isSameAs(id);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "a b", "a,b", "a\r\nSet-Cookie: x=1", "a\n", "a\u0000", "\u202e", "\u00e4",
            "\ud83d\ude00", "{\"level\":\"ERROR\"}", "a\"b", "a/b", "a:b", "a%0d%0a", "${jndi:ldap://x}", "\uff41",
            "a\u2028b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" })
    void replacesWhatIsNot(String id) {
        assertThat(RequestIds.isValid(id)).isFalse();
        assertThat(RequestIds.acceptOrCreate(id)).isNotEqualTo(id).matches(RequestIds::isValid);
    }

    @Test
    void makesAnIdWhereThereIsNone() {
        assertThat(RequestIds.isValid(null)).isFalse();
        assertThat(RequestIds.acceptOrCreate(null)).matches(RequestIds::isValid);
    }

    @Test
    void newIdsAreRandomUuidsOfVersionFour() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            String id = RequestIds.create();
            UUID uuid = UUID.fromString(id);
            assertThat(uuid.version()).isEqualTo(4);
            assertThat(uuid.variant()).isEqualTo(2);
            assertThat(ids.add(id)).isTrue();
        }
    }

    @Test
    void currentIsTheIdInTheMdc() {
        assertThat(RequestIds.current()).isNull();
        MDC.put("request_id", "r-1");
        assertThat(RequestIds.current()).isEqualTo("r-1");
    }

}
