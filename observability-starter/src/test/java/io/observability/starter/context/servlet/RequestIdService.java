package io.observability.starter.context.servlet;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import com.fasterxml.jackson.annotation.JsonValue;
import io.observability.starter.WithoutServletSecurity;
import jakarta.servlet.http.HttpServletResponse;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.servlet.ServletWebServerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * A service that tells the ids of its requests, on one of two servers.
 */
final class RequestIdService {

    private RequestIdService() {
    }

    enum Server {

        TOMCAT(TomcatConfiguration.class) {
            @Override
            Executor pool(WebServer webServer) {
                return ((TomcatWebServer) webServer).getTomcat().getConnector().getProtocolHandler().getExecutor();
            }
        },

        JETTY(JettyConfiguration.class) {
            @Override
            Executor pool(WebServer webServer) {
                return ((JettyWebServer) webServer).getServer().getThreadPool();
            }
        };

        final Class<?> configuration;

        Server(Class<?> configuration) {
            this.configuration = configuration;
        }

        abstract Executor pool(WebServer webServer);

    }

    @Configuration(proxyBeanMethods = false)
    @WithoutServletSecurity
    @Import(Endpoints.class)
    static class Application {

        static final Set<String> workers = ConcurrentHashMap.newKeySet();

    }

    @Configuration(proxyBeanMethods = false)
    static class TomcatConfiguration {

        @Bean
        ServletWebServerFactory webServerFactory() {
            return new TomcatServletWebServerFactory();
        }

    }

    @Configuration(proxyBeanMethods = false)
    static class JettyConfiguration {

        @Bean
        ServletWebServerFactory webServerFactory() {
            JettyServletWebServerFactory factory = new JettyServletWebServerFactory();
            // A reserved thread works for requests, but takes no tasks from us.
            factory.addServerCustomizers((server) -> ((QueuedThreadPool) server.getThreadPool()).setReservedThreads(0));
            return factory;
        }

    }

    @RestController
    static class Endpoints implements ErrorController {

        @GetMapping("/ids")
        String ids() {
            Application.workers.add(Thread.currentThread().getName());
            LoggerFactory.getLogger(Endpoints.class).info("logged");
            return MDC.get("request_id") + " " + MDC.get("trace_id");
        }

        @GetMapping("/fail")
        String fail() {
            Application.workers.add(Thread.currentThread().getName());
            throw new IllegalStateException("expected");
        }

        @GetMapping("/send-error")
        void sendError(HttpServletResponse response) throws IOException {
            response.sendError(503);
        }

        @GetMapping("/callable")
        Callable<Result> callable() {
            Application.workers.add(Thread.currentThread().getName());
            return () -> new Result(ids());
        }

        @GetMapping("/callable-fail")
        Callable<String> callableFail() {
            return this::fail;
        }

        @GetMapping("/deferred")
        DeferredResult<Result> deferred() {
            String ids = ids();
            DeferredResult<Result> result = new DeferredResult<>();
            new Thread(() -> result.setResult(new Result(ids))).start();
            return result;
        }

        @RequestMapping("/error")
        String error() {
            return "error-page " + MDC.get("request_id");
        }

    }

    /**
     * Written to the response in the async dispatch.
     */
    record Result(String ids) {

        @JsonValue
        String text() {
            LoggerFactory.getLogger(Result.class).info("async dispatch done");
            return this.ids;
        }

    }

}
