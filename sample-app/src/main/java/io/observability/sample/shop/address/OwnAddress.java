package io.observability.sample.shop.address;

import java.net.URI;

import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Where this process answers, on the loopback; known once the web server listens, with
 * {@code server.port=0} too. Thread-safe.
 */
@Component
public class OwnAddress implements ApplicationListener<WebServerInitializedEvent> {

    private final String contextPath;

    private volatile int port = -1;

    OwnAddress(Environment environment) {
        this.contextPath = environment.getProperty("server.servlet.context-path", "");
    }

    @Override
    public void onApplicationEvent(WebServerInitializedEvent event) {
        // A management port of its own has a namespace.
        if (event.getApplicationContext().getServerNamespace() == null) {
            this.port = event.getWebServer().getPort();
        }
    }

    /**
     * The base URL of this process.
     * @return the URL, without a slash at its end
     * @throws IllegalStateException before the web server listens
     */
    public URI url() {
        if (this.port <= 0) {
            throw new IllegalStateException("The web server does not listen yet");
        }
        return URI.create("http://127.0.0.1:" + this.port + this.contextPath);
    }

}
