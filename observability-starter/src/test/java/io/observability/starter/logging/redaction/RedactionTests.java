package io.observability.starter.logging.redaction;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Redaction}.
 */
class RedactionTests {

    private static final String JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P";

    private static final String BASE64 = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKB\n";

    private final Redaction redaction = Redaction.standard();

    @ParameterizedTest
    @MethodSource("secrets")
    void masksTypicalSecrets(String text, String masked) {
        assertThat(RedactedText.of(this.redaction, text)).isEqualTo(masked);
        assertThat(this.redaction.masked()).isPositive();
        assertThat(RedactedText.of(this.redaction, masked)).as("masked twice").isEqualTo(masked);
    }

    static List<Arguments> secrets() {
        return List.of(Arguments.of("login failed, password=hunter2 for bob", "login failed, password=*** for bob"),
                Arguments.of("{\"user\":\"bob\",\"password\":\"hun\\\"ter2\"}",
                        "{\"user\":\"bob\",\"password\":\"***\"}"),
                Arguments.of("Authorization: Bearer " + JWT, "Authorization: Bearer ***"),
                Arguments.of("sent Bearer dGhpc2lzYXRva2Vu to upstream", "sent Bearer *** to upstream"),
                Arguments.of("authorization=[Basic dXNlcjpwYXNz], accept=[*/*]",
                        "authorization=[Basic ***], accept=[*/*]"),
                Arguments.of("connecting to postgres://app:s3cr3t@db:5432/shop",
                        "connecting to postgres://app:***@db:5432/shop"),
                Arguments.of("jwt " + JWT + ".", "jwt ***."),
                Arguments.of("using key AKIAIOSFODNN7EXAMPLE now", "using key *** now"),
                Arguments.of("push with ghp_16C7e42F292c6912E7710c838347Ae178B4a", "push with ***"),
                Arguments.of("hook xoxb-2345678901-AbCdEfGhIjKl posted", "hook *** posted"),
                Arguments.of("stripe sk_live_4eC39HqLyjWDarjtT1zdp7dc", "stripe ***"),
                Arguments.of("-----BEGIN PRIVATE KEY-----\n" + BASE64 + "-----END PRIVATE KEY-----",
                        "-----BEGIN PRIVATE KEY-----***-----END PRIVATE KEY-----"),
                Arguments.of("paid with 4111111111111111.", "paid with ***1111."),
                Arguments.of("card 5500 0000 0000 0004 declined", "card ***0004 declined"),
                Arguments.of("Customer[name=Bob, clientSecret=abc123, age=3]",
                        "Customer[name=Bob, clientSecret=***, age=3]"),
                Arguments.of("GET /cb?code=1&access_token=ya29.a0Af&state=x",
                        "GET /cb?code=1&access_token=***&state=x"),
                Arguments.of("X-Api-Key: 0123456789abcdef", "X-Api-Key: ***"),
                Arguments.of("Cookie: SESSION=OWI2ZTc; theme=dark", "Cookie: ***"),
                Arguments.of("spring.datasource.password = 'top secret'", "spring.datasource.password = '***'"),
                Arguments.of("AccountName=x;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1==;EndpointSuffix=y",
                        "AccountName=x;AccountKey=***;EndpointSuffix=y"));
    }

    @ParameterizedTest
    @MethodSource("furtherSecrets")
    void masksFurtherSecrets(String text, String masked) {
        masksTypicalSecrets(text, masked);
    }

    static List<Arguments> furtherSecrets() {
        return List.of(Arguments.of("pwd=a", "pwd=*"), Arguments.of("pwd=ab", "pwd=**"),
                Arguments.of("pwd=abc", "pwd=***"), Arguments.of("a\npassword: x1y2\nb", "a\npassword: ***\nb"),
                Arguments.of("\u001bpwd=x1y2", "\u001bpwd=***"),
                Arguments.of("line\nBearer abcdef0123", "line\nBearer ***"),
                Arguments.of("redis://:s3cr3t@cache:6379", "redis://:***@cache:6379"),
                Arguments.of("amqp://u:pa/w0rd@mq/vhost", "amqp://u:***@mq/vhost"),
                Arguments.of("jdbc:mysql://db/shop?user=u&password=p4ss&ssl=true",
                        "jdbc:mysql://db/shop?user=u&password=***&ssl=true"),
                Arguments.of("{\"body\":\"{\\\"token\\\":\\\"abc\\\",\\\"n\\\":1}\"}",
                        "{\"body\":\"{\\\"token\\\":\\\"***\\\",\\\"n\\\":1}\"}"),
                Arguments.of("{password=[a, b]}", "{password=[*, b]}"),
                Arguments.of("password => 'x y z', user => 'bob'", "password => '***', user => 'bob'"),
                Arguments.of("your API key: AbCdEf123456", "your API key: ***"),
                Arguments.of("params[password]=hunter2", "params[password]=***"),
                Arguments.of("Authorization: Digest username=\"bob\", response=\"abc\"", "Authorization: Digest ***"),
                Arguments.of("password=p\u00e4ssw\u00f6rd end", "password=*** end"),
                Arguments.of("3782-822463-10005", "***0005"), Arguments.of("Amex 378282246310005", "Amex ***0005"),
                Arguments.of("6011 1111 1111 1117,4222222222222", "***1117,***2222"),
                Arguments.of("sk-proj-abcdefghij0123456789", "***"),
                Arguments.of("AIza" + "SyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY", "***"),
                Arguments.of("password=\"never closed", "password=\"*** closed"),
                Arguments.of("DB_PASSWORD1=x9 API_TOKEN_2=y8z", "DB_PASSWORD1=** API_TOKEN_2=***"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "Request GET /api/products completed for u-4711 in 12 ms",
            "550e8400-e29b-41d4-a716-446655440000", "12345678-1234-4111-1111-111111111111",
            "trace 4bf92f3577b34da6a3ce929d0e0e4736 span 00f067aa0ba902b7", "order 4111111111111112",
            "order 1234567890123456", "/tmp/junit-6005980594331942036/own.xml", "took 1763730907042137123 ns",
            "at 1763730907042137", "at 1763730907042", "snowflake 1212092628029698048", "DE89 3704 0044 0532 0130 00",
            "DE89370400440532013000", "GB82WEST12345698765432", "BE68 5390 0754 7034", "ISBN 978-3-16-148410-0",
            "ISBN 9783161484100", "version 4.1.0-SNAPSHOT+build.20261121",
            "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "etag \"W/n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=\"", "2026-11-21T12:55:07.042137Z",
            "2026-11-21 12:55:07,042 [main] INFO", "http://localhost:8080/actuator/health", "https://example.com/a@b",
            "ssh://git@github.com/acme/shop.git", "mail bob@example.com", "token_count=1532, tokens_used=12",
            "max_tokens: 4096", "next_page_token=CAoQAA", "nextPageToken: CAoQAA",
            "token: java.io.IOException: refused", "Failed to refresh token: connection refused", "Unexpected token: }",
            "Token::parse failed", "password: must not be blank", "password=null", "password=", "the password is wrong",
            "credentials: missing", "basic authentication failed", "Bearer authentication required",
            "Basic understanding of things", "secretName=db-credentials", "key=value user=bob id=42", "monkey: banana",
            "cookies: 3", "passenger=12", "compass: north", "+49 171 4111 1111", "192.168.100.200:8080",
            "amount 4111111111111111.50", "v4111111111111111", "x_4111111111111111", "4111111111111111a",
            "a-4111111111111111-b", "41111111111111111111111111", "4111 1111 11111111", "4111  1111 1111 1111",
            "-----BEGIN PUBLIC KEY-----\nMIIB", "-----END PRIVATE KEY-----", "eyJust a word", "npm_config_cache",
            "task-force-of-twenty-and-more-people", "AKIA", "xoxo-love-and-kisses", "{}", "", "=", ":", "::", "://",
            "://@", "password", "password:", "password: \n", "\"password\":\"\"", "password={user=bob}" })
    void leavesHarmlessTextAsItIs(String text) {
        assertThat(RedactedText.of(this.redaction, text)).isEqualTo(text);
        assertThat(this.redaction.masked()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = { "password", "userPassword", "user_password", "user-password", "user.password",
            "USER_PASSWORD", "PASSWD", "dbPwd", "passphrase", "secret", "clientSecret", "client_secret", "token",
            "accessToken", "access-token", "refresh.token", "X-Auth-Token", "id_token", "authorization",
            "Authorization", "Proxy-Authorization", "apiKey", "API_KEY", "x-api-key", "cookie", "Set-Cookie",
            "credentials", "aws.credential", "privateKey", "private_key", "secretAccessKey", "secret-key", "password2",
            "pin", "cvv", "JSESSIONID", "encryption-key", "user password", "passwordConfirmation" })
    void masksKeysInAllSpellings(String key) {
        assertThat(this.redaction.masksKey(key)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "token_count", "tokenCount", "tokens_used", "max_tokens", "tokens", "next_page_token",
            "nextPageToken", "pageToken", "continuation-token", "cancellationToken", "secretName", "secret_name",
            "secrets_loaded", "password_length", "passwordPolicy", "has_password", "key", "keyId", "access_key_id",
            "publicKey", "sortKey", "partition_key", "author", "authorized", "authority", "cookies_enabled",
            "passenger", "compass", "bypass", "pinned", "spinning", "option", "user", "user_id", "trace_id", "message",
            "session_count", "tokenizer", "token_type", "", "_", "123", "*" })
    void leavesHarmlessKeys(String key) {
        assertThat(this.redaction.masksKey(key)).isFalse();
    }

    @Test
    void masksByRulesOfOnesOwn() {
        Redaction own = Redaction.of(List.of("iban", "*-nr", "x*y*z"), List.of("order-nr"),
                Set.of(SecretKind.KEY_VALUE));
        assertThat(List.of("IBAN", "i_ban", "customerNr", "x1y2z", "xyz")).allMatch(own::masksKey);
        assertThat(List.of("password", "iban_hash", "ORDER_NR", "xzy")).noneMatch(own::masksKey);
        assertThat(RedactedText.of(own, "iban=DE89 orderNr=7 customer-nr=12345 password=x4y5"))
            .isEqualTo("iban=*** orderNr=7 customer-nr=*** password=x4y5");
        assertThat(own.masked(SecretKind.KEY_VALUE)).isEqualTo(2);
        assertThatIllegalArgumentException().isThrownBy(() -> Redaction.of(List.of("*-*"), List.of(), Set.of()))
            .withMessageContaining("*-*");
    }

    @Test
    void masksTheLocalPartOfMailAddressesWhereAsked() {
        Redaction mail = Redaction.of(List.of(), List.of(), EnumSet.of(SecretKind.EMAIL));
        assertThat(RedactedText.of(mail, "to bob.o+x@mail.example.com, a@b.c and\nme@x.org or @here x@y"))
            .isEqualTo("to ***@mail.example.com, *@b.c and\n**@x.org or @here x@y");
        assertThat(mail.masked(SecretKind.EMAIL)).isEqualTo(3);
        assertThat(mail.kinds()).containsExactly(SecretKind.EMAIL);
    }

    // An address has 64 characters before its @, and an escape may stand where they
    // begin.
    @Test
    void noEscapeIsBrokenWhereTheSearchForABeginningEnds() {
        Redaction mail = Redaction.of(List.of(), List.of(), EnumSet.of(SecretKind.EMAIL));
        for (int length = 55; length < 70; length++) {
            String masked = RedactedText.of(mail, "a\u0001\n\u0001" + "R".repeat(length) + "@example.com");
            assertThat(masked).startsWith("a\u0001\n\u0001").endsWith("***@example.com");
        }
    }

    @Test
    void masksNothingWhenOff() {
        String text = "password=hunter2 4111111111111111 " + JWT;
        assertThat(RedactedText.of(Redaction.none(), text)).isEqualTo(text);
        assertThat(Redaction.none().masksKey("password")).isFalse();
    }

    @Test
    void countsByKind() {
        RedactedText.of(this.redaction, "password=hunter2 token=abc 4111111111111111 " + JWT);
        this.redaction.fieldMasked();
        assertThat(this.redaction.masked(SecretKind.KEY_VALUE)).isEqualTo(2);
        assertThat(this.redaction.masked(SecretKind.CARD)).isEqualTo(1);
        assertThat(this.redaction.masked(SecretKind.JWT)).isEqualTo(1);
        assertThat(this.redaction.maskedFields()).isEqualTo(1);
        assertThat(this.redaction.masked()).isEqualTo(5);
    }

    @Test
    void triggersLeaveTheEighthBitFree() {
        for (int c = 0; c < 128; c++) {
            assertThat(Redaction.trigger(c)).isNotNegative();
        }
    }

    @Test
    void kindsHaveNamesForConfiguration() {
        assertThat(SecretKind.URL_PASSWORD.id()).isEqualTo("url-password");
        assertThat(Redaction.standard().kinds()).doesNotContain(SecretKind.EMAIL).hasSize(7);
        assertThat(Redaction.standardKeys()).contains("*password");
        assertThat(Redaction.standardAllowedKeys()).contains("*page-token");
    }

}
