package io.observability.promcard;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpsConfigurator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is wrong before there is an answer, who asks, and TLS.
 */
class ConnectionTests {

    private static final String PAGE = "up 1\n";

    @TempDir
    static Path directory;

    @ParameterizedTest
    @ValueSource(strings = { "", "localhost:8080/metrics", "ftp://localhost/metrics", "http:///metrics", "http://a b/",
            "http://", "file:///etc/passwd" })
    void aUrlThatIsNoneIsSaid(String url) {
        Run run = Run.of("--url", url);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--url must be a URL such as http://localhost:8080/metrics");
    }

    @ParameterizedTest
    @ValueSource(strings = { "--threshold=0", "--threshold=many", "--top=-1", "--lookback=soon", "--timeout=0s",
            "--output=xml", "--nonsense", "--user=nobody", "--header=nothing", "--header=a: b\r\nc: d",
            "--cacert=/no/such/file" })
    void anOptionThatIsWrongIsSaid(String option) {
        Run run = Run.of("--url", "http://localhost:1/metrics", option);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(option.split("=")[0]);
    }

    @Test
    void theUrlIsRequired() {
        Run run = Run.of();
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--url").contains("--help");
    }

    @Test
    void aRefusedConnectionIsSaid() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Run run = Run.of("--url", "http://localhost:" + port + "/metrics");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("Nothing listens at localhost:" + port);
    }

    @Test
    void aHostThatIsNotThereIsSaid() {
        // As the JDK's client says it; to ask for one would leave this machine.
        IOException failure = new ConnectException();
        failure.initCause(new UnresolvedAddressException());
        URI url = URI.create("http://nobody.invalid/metrics");
        assertThat(HttpFailure.of(url, failure, Duration.ofSeconds(1)))
            .hasMessageContaining("There is no host nobody.invalid");
    }

    @Test
    void somethingThatSpeaksNoHttpIsSaid() throws Exception {
        try (ServerSocket socket = answering("220 mail ready\r\n")) {
            Run run = Run.of("--url", "http://localhost:" + socket.getLocalPort() + "/metrics");
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).contains("gave no whole answer").contains("https");
        }
    }

    @Test
    void somethingThatSpeaksNoTlsIsSaid() throws Exception {
        try (ServerSocket socket = answering("HTTP/1.1 400 Bad Request\r\n\r\n")) {
            Run run = Run.of("--url", "https://localhost:" + socket.getLocalPort() + "/metrics");
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).contains("does not speak TLS").contains("begin with http?");
        }
    }

    @Test
    void credentialsAreSentAndNeverShown() {
        String expected = "Basic " + Base64.getEncoder().encodeToString("jane:s3cret".getBytes(StandardCharsets.UTF_8));
        try (TestServer server = new TestServer().on("/metrics", (exchange) -> {
            boolean known = List.of(expected).equals(exchange.getRequestHeaders().get("Authorization"));
            TestServer.answer(exchange, known ? 200 : 401, TestServer.TEXT, PAGE);
        })) {
            String url = server.url("/metrics");
            assertThat(Run.of("--url", url).code()).isEqualTo(2);
            assertThat(Run.of("--url", url, "--user", "jane:s3cret").code()).isZero();
            assertThat(Run.of("--url", url, "-H", "Authorization: " + expected).code()).isZero();
            Run run = Run.of("--url", url.replace("//", "//jane:s3cret@"), "--output", "json");
            assertThat(run.code()).isZero();
            assertThat(run.out()).doesNotContain("s3cret").doesNotContain("jane");
            Run wrong = Run.of("--url", url.replace("//", "//jane:s3cret2@"), "--output", "json");
            assertThat(wrong.code()).isEqualTo(2);
            assertThat(wrong.out() + wrong.err()).contains("401").doesNotContain("s3cret");
        }
    }

    @Test
    void aRedirectionIsFollowedAndCredentialsStayWithTheirServer() {
        try (TestServer other = new TestServer().on("/metrics", 200, TestServer.TEXT, PAGE);
                TestServer server = new TestServer().on("/metrics", 200, TestServer.TEXT, PAGE)) {
            server.on("/near", (exchange) -> {
                exchange.getResponseHeaders().set("Location", "/metrics");
                TestServer.answer(exchange, 302, "text/html", "");
            }).on("/far", (exchange) -> {
                exchange.getResponseHeaders().set("Location", other.url("/metrics"));
                TestServer.answer(exchange, 307, "text/html", "");
            }).on("/round", (exchange) -> {
                exchange.getResponseHeaders().set("Location", "/round");
                TestServer.answer(exchange, 301, "text/html", "");
            }).on("/nowhere", (exchange) -> {
                exchange.getResponseHeaders().set("Location", "file:///etc/passwd");
                TestServer.answer(exchange, 301, "text/html", "");
            });
            assertThat(Run.of("--url", server.url("/near"), "--user", "a:b").code()).isZero();
            assertThat(Run.of("--url", server.url("/far")).code()).isZero();
            int asked = other.asked().size();
            Run refused = Run.of("--url", server.url("/far"), "--user", "a:b");
            assertThat(refused.code()).isEqualTo(2);
            assertThat(refused.err()).contains("not told your credentials").contains(other.url("/metrics"));
            assertThat(other.asked()).hasSize(asked);
            assertThat(Run.of("--url", server.url("/round")).err()).contains("leads on and on");
            assertThat(Run.of("--url", server.url("/nowhere")).err()).contains("which is no URL");
        }
    }

    @Test
    void aCertificateIsBelievedOnlyIfItsAuthorityIsNamed() throws Exception {
        SSLContext tls = selfMade();
        try (TestServer server = new TestServer(new HttpsConfigurator(tls)).on("/metrics", 200, TestServer.TEXT,
                PAGE)) {
            String url = server.url("/metrics");
            Run stranger = Run.of("--url", url);
            assertThat(stranger.code()).isEqualTo(2);
            assertThat(stranger.err()).contains("is not believed").contains("--cacert").contains("--insecure");
            String authority = directory.resolve("cert.pem").toString();
            assertThat(Run.of("--url", url, "--cacert", authority)).extracting(Run::code, Run::err)
                .containsExactly(0, "");
            Run otherName = Run.of("--url", url.replace("localhost", "127.0.0.1"), "--cacert", authority);
            assertThat(otherName.code()).isEqualTo(2);
            assertThat(otherName.err()).contains("is not believed");
            assertThat(Run.of("--url", url.replace("localhost", "127.0.0.1"), "--insecure").code()).isZero();
            Run plain = Run.of("--url", url.replace("https", "http"));
            assertThat(plain.code()).isEqualTo(2);
            assertThat(plain.err()).contains("https");
        }
    }

    @Test
    void aFileWithoutCertificatesIsSaid() throws Exception {
        Path file = Files.writeString(directory.resolve("empty.pem"), "");
        Run run = Run.of("--url", "https://localhost/", "--cacert", file.toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--cacert").contains("no certificate");
    }

    private static ServerSocket answering(String text) throws IOException {
        ServerSocket socket = new ServerSocket(0);
        Thread server = new Thread(() -> {
            try (Socket connection = socket.accept()) {
                connection.getInputStream().read(new byte[1000]);
                connection.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
                connection.getOutputStream().flush();
                connection.getInputStream().read(new byte[1000]);
            }
            catch (IOException ex) {
                // The test is over.
            }
        });
        server.setDaemon(true);
        server.start();
        return socket;
    }

    private static SSLContext selfMade() throws Exception {
        Path store = directory.resolve("store.p12");
        keytool("-genkeypair", "-alias", "a", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost",
                "-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", "changeit");
        keytool("-exportcert", "-rfc", "-alias", "a", "-keystore", store.toString(), "-storepass", "changeit", "-file",
                directory.resolve("cert.pem").toString());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store)) {
            keys.load(file, "changeit".toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        builder.command().addAll(List.of(arguments));
        Process process = builder.redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.txt").toFile())
            .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(directory.resolve("keytool.txt"))).isZero();
    }

}
