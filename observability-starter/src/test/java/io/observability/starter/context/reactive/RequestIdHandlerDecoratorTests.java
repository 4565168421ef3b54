package io.observability.starter.context.reactive;

import java.util.concurrent.atomic.AtomicReference;

import io.observability.starter.context.HeaderTags;
import io.observability.starter.context.RequestIds;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link RequestIdHandlerDecorator}.
 */
class RequestIdHandlerDecoratorTests {

    private final AtomicReference<String> seen = new AtomicReference<>();

    private final HttpHandler handler = (request, response) -> Mono.deferContextual((context) -> {
        this.seen.set(context.get(RequestIds.ATTRIBUTE));
        return Mono.empty();
    });

    private final MockServerHttpResponse response = new MockServerHttpResponse();

    @Test
    void validIdIsTakenAndAnswered() {
        handle(new RequestIdHandlerDecorator("X-Request-Id", true, true, HeaderTags.NONE));
        assertThat(this.seen).hasValue("mine");
        assertThat(this.response.getHeaders().get("X-Request-Id")).containsExactly("mine");
    }

    @Test
    void idFromOutsideCanBeDistrusted() {
        handle(new RequestIdHandlerDecorator("X-Request-Id", false, true, HeaderTags.NONE));
        assertThat(this.seen.get()).matches(RequestIds::isValid).isNotEqualTo("mine");
        assertThat(this.response.getHeaders().get("X-Request-Id")).containsExactly(this.seen.get());
    }

    @Test
    void answerCanBeSwitchedOff() {
        handle(new RequestIdHandlerDecorator("X-Request-Id", true, false, HeaderTags.NONE));
        assertThat(this.seen).hasValue("mine");
        assertThat(this.response.getHeaders().isEmpty()).isTrue();
    }

    @Test
    void headerCanBeNamed() {
        handle(new RequestIdHandlerDecorator("X-Correlation-Id", true, true, HeaderTags.NONE));
        assertThat(this.seen.get()).isNotEqualTo("mine");
        assertThat(this.response.getHeaders().get("X-Correlation-Id")).containsExactly(this.seen.get());
        assertThat(this.response.getHeaders().containsHeader("X-Request-Id")).isFalse();
    }

    private void handle(RequestIdHandlerDecorator decorator) {
        MockServerHttpRequest request = MockServerHttpRequest.get("/").header("X-Request-Id", "mine").build();
        decorator.apply(this.handler).handle(request, this.response).block();
    }

}
