package io.observability.starter.metrics.servlet;

import java.io.IOException;
import java.util.concurrent.Callable;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.server.ResponseStatusException;

/**
 * A service with a path for each way in which a request can end.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class ShirtsApplication {

    @Bean
    SecurityFilterChain everybody(HttpSecurity http) {
        return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll()).build();
    }

    @RestController
    static class Shirts {

        private final RestClient client;

        Shirts(RestClient.Builder builder) {
            this.client = builder.build();
        }

        @GetMapping("/shirts/{id}")
        String shirt(@PathVariable String id) {
            return id;
        }

        @GetMapping("/call")
        String call(HttpServletRequest request) {
            return this.client.get()
                .uri("http://localhost:" + request.getLocalPort() + "/shirts/{id}?size={size}", "7", "8")
                .retrieve()
                .body(String.class);
        }

        @GetMapping("/call-nobody")
        String callNobody() {
            try {
                return this.client.get().uri("http://localhost:1/stock").retrieve().body(String.class);
            }
            catch (RuntimeException ex) {
                return "nobody";
            }
        }

        @GetMapping("/missing")
        String missing() {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }

        @GetMapping("/boom")
        String boom() {
            throw new IllegalStateException("boom");
        }

        @GetMapping("/late")
        void late(HttpServletResponse response) throws IOException {
            response.getWriter().write("begun");
            response.flushBuffer();
            throw new IllegalStateException("late");
        }

        @GetMapping("/async")
        Callable<String> async() {
            return () -> "done";
        }

        @GetMapping("/async-boom")
        Callable<String> asyncBoom() {
            return () -> {
                throw new IllegalStateException("boom");
            };
        }

        @GetMapping("/timeout")
        DeferredResult<String> timeout() {
            return new DeferredResult<>();
        }

    }

}
