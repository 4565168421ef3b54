package io.observability.starter.tracing;

import java.util.HashSet;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends the requests of the suite to a service that offers {@code POST /test}.
 */
public final class TraceContextSuiteDriver {

    private TraceContextSuiteDriver() {
    }

    public static void run(TraceContextSuite.Case suiteCase, int port, CallbackServer callbacks) {
        for (TraceContextSuite.Step step : suiteCase.steps()) {
            callbacks.clear();
            StringBuilder body = new StringBuilder("[");
            for (int i = 0; i < suiteCase.calls(); i++) {
                body.append((i > 0) ? "," : "")
                    .append("{\"url\":\"%s\",\"arguments\":[]}".formatted(callbacks.url("/callback/" + i)));
            }
            RawHttp.Answer answer = RawHttp.post(port, "/test", body.append("]").toString(),
                    step.headerLines().toArray(String[]::new));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(callbacks.calls()).hasSize(suiteCase.calls());
            Set<String> traceIds = new HashSet<>();
            Set<String> spanIds = new HashSet<>();
            for (CallbackServer.Call call : callbacks.calls()) {
                TraceContextSuite.Sent sent = TraceContextSuite.Sent.of(call);
                step.check().accept(sent);
                traceIds.add(sent.traceId());
                spanIds.add(sent.spanId());
            }
            assertThat(traceIds).hasSize(1);
            assertThat(spanIds).hasSize(suiteCase.calls());
        }
    }

}
