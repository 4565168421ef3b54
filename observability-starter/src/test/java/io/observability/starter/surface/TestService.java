package io.observability.starter.surface;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * A real service on a port of its own: one of the web servers that are all on the test
 * class path, with or without Spring Security.
 */
public final class TestService implements AutoCloseable {

    private static final String PREFIX = "org.springframework.boot.";

    private static final List<String> SECURITY = List.of(
            PREFIX + "security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration",
            PREFIX + "security.autoconfigure.SecurityAutoConfiguration",
            PREFIX + "security.autoconfigure.UserDetailsServiceAutoConfiguration",
            PREFIX + "security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration",
            PREFIX + "security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
            PREFIX + "security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration",
            PREFIX + "security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
            PREFIX + "security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration");

    private final ConfigurableApplicationContext context;

    private TestService(ConfigurableApplicationContext context) {
        this.context = context;
    }

    public static Builder on(Server server) {
        return new Builder(server);
    }

    public ConfigurableApplicationContext context() {
        return this.context;
    }

    public int port() {
        return port("local.server.port");
    }

    public int managementPort() {
        return port("local.management.port");
    }

    private int port(String property) {
        return this.context.getEnvironment().getRequiredProperty(property, Integer.class);
    }

    public Answer get(String path) {
        return send(port(), "GET", path);
    }

    public Answer getFromManagement(String path) {
        return send(managementPort(), "GET", path);
    }

    public Answer send(String method, String path) {
        return send(port(), method, path);
    }

    public static Answer send(int port, String method, String path) {
        try {
            HttpURLConnection connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + path)
                .toURL()
                .openConnection();
            connection.setRequestMethod(method);
            connection.setInstanceFollowRedirects(false);
            connection.setConnectTimeout(20_000);
            connection.setReadTimeout(20_000);
            // reactor/reactor-netty#4361: up to 1.3.6 a request on a kept connection may
            // be
            // left unread.
            connection.setRequestProperty("Connection", "close");
            int status = connection.getResponseCode();
            try (InputStream body = (status < 400) ? connection.getInputStream() : connection.getErrorStream()) {
                String text = (body != null) ? new String(body.readAllBytes(), StandardCharsets.UTF_8) : "";
                return new Answer(status, text, connection.getHeaderFields());
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException(method + " " + path, ex);
        }
    }

    @Override
    public void close() {
        this.context.close();
    }

    /** What a service answered. */
    public record Answer(int status, String body, Map<String, List<String>> headers) {

        public @Nullable String header(String name) {
            List<String> values = this.headers.entrySet()
                .stream()
                .filter((header) -> name.equalsIgnoreCase(header.getKey()))
                .flatMap((header) -> header.getValue().stream())
                .toList();
            return values.isEmpty() ? null : String.join("|", values);
        }

    }

    /** The web server of a service. */
    public enum Server {

        TOMCAT("servlet", "tomcat.autoconfigure.", "Tomcat"),

        JETTY("servlet", "jetty.autoconfigure.", "Jetty"),

        NETTY("reactive", "reactor.netty.autoconfigure.", "Netty"),

        NONE("none", "", "");

        private final String type;

        private final String where;

        private final String name;

        Server(String type, String where, String name) {
            this.type = type;
            this.where = where;
            this.name = name;
        }

        private List<String> autoConfigurations() {
            List<String> names = new ArrayList<>();
            if (this != NONE) {
                names.add(PREFIX + this.where + ((this == NETTY) ? "" : "reactive.") + this.name
                        + "ReactiveWebServerAutoConfiguration");
                names.add(PREFIX + this.where + "actuate.web.server." + this.name
                        + "ReactiveManagementContextAutoConfiguration");
                if (this != NETTY) {
                    names.add(PREFIX + this.where + "servlet." + this.name + "ServletWebServerAutoConfiguration");
                    names.add(PREFIX + this.where + "actuate.web.server." + this.name
                            + "ServletManagementContextAutoConfiguration");
                }
            }
            return names;
        }

    }

    /** A service to be started. */
    public static final class Builder {

        private final Server server;

        private final List<Class<?>> sources = new ArrayList<>(List.of(AutoConfigured.class));

        private final List<String> properties = new ArrayList<>();

        private final List<ApplicationListener<?>> listeners = new ArrayList<>();

        private boolean security;

        private Builder(Server server) {
            this.server = server;
        }

        public Builder with(Class<?>... sources) {
            this.sources.addAll(Arrays.asList(sources));
            return this;
        }

        public Builder set(String... properties) {
            this.properties.addAll(Arrays.asList(properties));
            return this;
        }

        public Builder withSecurity() {
            this.security = true;
            return this;
        }

        public Builder listen(ApplicationListener<?> listener) {
            this.listeners.add(listener);
            return this;
        }

        public TestService start() {
            List<String> excluded = new ArrayList<>(this.security ? List.of() : SECURITY);
            for (Server other : Server.values()) {
                if (other != this.server) {
                    excluded.addAll(other.autoConfigurations());
                }
            }
            List<String> all = new ArrayList<>(List.of("server.port=0", "spring.main.banner-mode=off",
                    "spring.main.web-application-type=" + this.server.type,
                    "spring.autoconfigure.exclude=" + String.join(",", excluded)));
            all.addAll(this.properties);
            return new TestService(new SpringApplicationBuilder(this.sources.toArray(Class<?>[]::new))
                .properties(all.toArray(String[]::new))
                .listeners(this.listeners.toArray(ApplicationListener<?>[]::new))
                .run());
        }

    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class AutoConfigured {

    }

}
