package io.observability.starter.health.autoconfigure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.observability.starter.surface.TestService;
import io.observability.starter.surface.TestService.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The probes of services that shut down.
 */
@Timeout(120)
class ShutdownIntegrationTests {

    // The common pool may have one thread alone.
    private static final Executor OWN_THREAD = (task) -> new Thread(task).start();

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void readinessIsOffBeforeTheServerStopsAccepting(Server server) {
        Asking asking = new Asking();
        TestService service = TestService.on(server).listen(asking).start();
        asking.service = service;
        service.close();
        // On new connections, while the shutdown had only begun.
        assertThat(asking.seen).containsExactly("/readyz 503 {\"status\":\"OUT_OF_SERVICE\"}",
                "/livez 200 {\"status\":\"UP\"}");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void shutdownDelayKeepsServingWhileReadinessIsOff(Server server) {
        TestService service = TestService.on(server)
            .with(Slow.class)
            .set("observability.health.shutdown-delay=3s")
            .start();
        assertThat(service.get("/readyz").status()).isEqualTo(200);
        int port = service.port();
        CompletableFuture<Void> closed = CompletableFuture.runAsync(service::close, OWN_THREAD);
        await().untilAsserted(() -> assertThat(TestService.send(port, "GET", "/readyz").status()).isEqualTo(503));
        assertThat(TestService.send(port, "GET", "/healthz").status()).isEqualTo(503);
        assertThat(TestService.send(port, "GET", "/livez").status()).isEqualTo(200);
        assertThat(TestService.send(port, "GET", "/fast").body()).isEqualTo("fast");
        assertThat(closed).isNotDone();
        closed.join();
    }

    @Test
    void openConnectionIsNotReadyWhileARequestIsInFlight() throws Exception {
        Slow.entered = new CountDownLatch(1);
        Slow.release = new CountDownLatch(1);
        TestService service = TestService.on(Server.TOMCAT).with(Slow.class).start();
        int port = service.port();
        try (Socket open = new Socket("127.0.0.1", port)) {
            open.setSoTimeout(20_000);
            BufferedReader answers = new BufferedReader(
                    new InputStreamReader(open.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(statusLine(open, answers)).contains(" 200");
            CompletableFuture<String> inFlight = CompletableFuture
                .supplyAsync(() -> TestService.send(port, "GET", "/slow").body(), OWN_THREAD);
            assertThat(Slow.entered.await(20, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<Void> closed = CompletableFuture.runAsync(service::close, OWN_THREAD);
            await().until(() -> refusesConnections(port));
            // Either the open connection says 503, or it is closed already.
            assertThat(statusLine(open, answers)).satisfiesAnyOf((line) -> assertThat(line).contains(" 503"),
                    (line) -> assertThat(line).isEmpty());
            assertThat(closed).isNotDone();
            Slow.release.countDown();
            assertThat(inFlight.get(20, TimeUnit.SECONDS)).isEqualTo("slow");
            closed.get(20, TimeUnit.SECONDS);
        }
        finally {
            Slow.release.countDown();
        }
    }

    private static String statusLine(Socket socket, BufferedReader answers) {
        try {
            socket.getOutputStream()
                .write("GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String status = answers.readLine();
            int length = 0;
            for (String line = answers.readLine(); line != null && !line.isEmpty(); line = answers.readLine()) {
                if (line.regionMatches(true, 0, "Content-Length: ", 0, 16)) {
                    length = Integer.parseInt(line.substring(16));
                }
            }
            for (int i = 0; i < length; i++) {
                answers.read();
            }
            return (status != null) ? status : "";
        }
        catch (IOException ex) {
            return "";
        }
    }

    private static boolean refusesConnections(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return !socket.isConnected();
        }
        catch (IOException ex) {
            return true;
        }
    }

    /** Asks the probes when the context has only begun to close. */
    private static final class Asking implements ApplicationListener<ContextClosedEvent> {

        private final List<String> seen = new CopyOnWriteArrayList<>();

        private volatile TestService service;

        @Override
        public void onApplicationEvent(ContextClosedEvent event) {
            TestService service = this.service;
            if (service != null && this.seen.isEmpty()) {
                for (String path : new String[] { "/readyz", "/livez" }) {
                    TestService.Answer answer = service.get(path);
                    this.seen.add(path + " " + answer.status() + " " + answer.body());
                }
            }
        }

    }

    @RestController
    static class Slow {

        static volatile CountDownLatch entered = new CountDownLatch(1);

        static volatile CountDownLatch release = new CountDownLatch(1);

        @GetMapping("/slow")
        String slow() throws InterruptedException {
            entered.countDown();
            release.await();
            return "slow";
        }

        @GetMapping("/fast")
        String fast() {
            return "fast";
        }

    }

}
