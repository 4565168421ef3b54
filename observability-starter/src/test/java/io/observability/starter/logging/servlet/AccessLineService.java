package io.observability.starter.logging.servlet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

import io.observability.starter.context.BusinessTags;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.MDC;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.servlet.ServletWebServerFactory;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * A service whose requests end in every way that a request can end.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class AccessLineService {

    static final int CHUNK = 64 * 1024;

    public static ConfigurableApplicationContext start(Server server, String... properties) {
        return start(server, List.of(), properties);
    }

    public static ConfigurableApplicationContext start(Server server, List<Class<?>> more, String... properties) {
        return new SpringApplicationBuilder(AccessLineService.class).sources(more.toArray(Class<?>[]::new))
            .web(WebApplicationType.SERVLET)
            .initializers((context) -> ((GenericApplicationContext) context).registerBean(ServletWebServerFactory.class,
                    server.factory))
            .properties("server.port=0", "spring.main.banner-mode=off", "server.tomcat.mbeanregistry.enabled=true",
                    "spring.mvc.async.request-timeout=300ms")
            .properties(properties)
            .run();
    }

    public static int port(ConfigurableApplicationContext context) {
        return ((ServletWebServerApplicationContext) context).getWebServer().getPort();
    }

    @Bean
    SecurityFilterChain securityFilterChain(HttpSecurity http) {
        return http
            .authorizeHttpRequests(
                    (requests) -> requests.requestMatchers("/secret").authenticated().anyRequest().permitAll())
            .exceptionHandling(
                    (handling) -> handling.authenticationEntryPoint(new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED)))
            .csrf(AbstractHttpConfigurer::disable)
            .build();
    }

    @Bean
    InMemorySpanExporter spanExporter() {
        return InMemorySpanExporter.create();
    }

    @Bean
    ServletRegistrationBean<AsyncServlet> asyncServlet() {
        ServletRegistrationBean<AsyncServlet> servlet = new ServletRegistrationBean<>(new AsyncServlet(),
                "/async-servlet");
        servlet.setAsyncSupported(true);
        return servlet;
    }

    public enum Server {

        TOMCAT(TomcatServletWebServerFactory::new), JETTY(JettyServletWebServerFactory::new);

        private final Supplier<ServletWebServerFactory> factory;

        Server(Supplier<ServletWebServerFactory> factory) {
            this.factory = factory;
        }

    }

    /**
     * Completes without a dispatch.
     */
    static final class AsyncServlet extends HttpServlet {

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            AsyncContext async = request.startAsync(request, response);
            async.start(() -> {
                try {
                    response.setStatus(202);
                    response.getOutputStream().write("later".getBytes(StandardCharsets.UTF_8));
                }
                catch (IOException ex) {
                    throw new IllegalStateException(ex);
                }
                async.complete();
            });
        }

    }

    @Controller
    @ResponseBody
    static class Endings {

        @GetMapping("/products/{id}")
        String product(@PathVariable String id) {
            return "product " + id;
        }

        @PostMapping("/echo")
        Map<String, Object> echo(@RequestBody Map<String, Object> body) {
            return body;
        }

        @GetMapping("/empty")
        ResponseEntity<Void> empty() {
            return ResponseEntity.noContent().build();
        }

        @GetMapping("/elsewhere")
        ResponseEntity<Void> elsewhere() {
            return ResponseEntity.status(302).header("Location", "/products/1").build();
        }

        @GetMapping("/error-sent")
        void errorSent(HttpServletResponse response) throws IOException {
            response.sendError(409);
        }

        @GetMapping("/writer")
        void writer(HttpServletResponse response) throws IOException {
            response.getWriter().write("written");
        }

        @GetMapping("/fail")
        String fail() {
            throw new IllegalStateException("failed in the request");
        }

        @GetMapping("/fail-begun")
        void failBegun(HttpServletResponse response) throws IOException {
            response.getOutputStream().write(new byte[100]);
            response.flushBuffer();
            throw new IllegalStateException("failed in the answer");
        }

        @GetMapping("/later")
        Callable<String> later() {
            return () -> {
                BusinessTags.put("worked_on", "another_thread");
                return "later";
            };
        }

        @GetMapping("/fail-later")
        Callable<String> failLater() {
            return () -> {
                throw new IllegalStateException("failed in the dispatch");
            };
        }

        @GetMapping("/deferred")
        DeferredResult<String> deferred() {
            DeferredResult<String> result = new DeferredResult<>();
            new Thread(() -> result.setResult("deferred")).start();
            return result;
        }

        @GetMapping("/never")
        DeferredResult<String> never() {
            return new DeferredResult<>();
        }

        @GetMapping("/stream")
        StreamingResponseBody stream() {
            return (out) -> {
                for (int i = 0; i < 10; i++) {
                    out.write(new byte[1000]);
                    out.flush();
                }
            };
        }

        @GetMapping("/endless")
        void endless(HttpServletResponse response) throws IOException {
            for (int i = 0; i < 10_000; i++) {
                response.getOutputStream().write(new byte[CHUNK]);
            }
        }

        @GetMapping("/secret")
        String secret() {
            return "secret";
        }

        @GetMapping("/mdc")
        Map<String, String> mdc() {
            return MDC.getCopyOfContextMap();
        }

        @GetMapping("/tagged")
        String tagged() {
            BusinessTags.put("customer_tier", "gold");
            return "tagged";
        }

    }

    @Controller
    static class Forwarding {

        @GetMapping("/forward")
        String forward() {
            return "forward:/products/forwarded";
        }

    }

}
