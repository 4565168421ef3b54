package io.observability.benchmarks.request;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import jakarta.servlet.ServletException;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/**
 * A running variant of the service, asked without a network. While it runs, standard
 * output belongs to it.
 */
final class HelloService implements AutoCloseable {

    private final PrintStream console;

    private final ServletWebServerApplicationContext context;

    private final InProcessWebServer server;

    private final Runnable settle;

    private HelloService(PrintStream console, ServletWebServerApplicationContext context, InProcessWebServer server,
            Runnable settle) {
        this.console = console;
        this.context = context;
        this.server = server;
        this.settle = settle;
    }

    /**
     * Starts the service.
     * @param variant what the service has
     * @param output where its console output goes
     * @return the running service
     */
    static HelloService start(Variant variant, OutputStream output) {
        PrintStream console = System.out;
        // Logback's console appender asks for System.out at each write.
        System.setOut(new Redirected(output));
        SpringApplication application = new SpringApplication(HelloApplication.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setRegisterShutdownHook(false);
        ServletWebServerApplicationContext context = (ServletWebServerApplicationContext) application
            .run(variant.arguments());
        if (context.getWebServer() instanceof InProcessWebServer server) {
            Runnable settle = variant.hasStarter() ? StarterLines.to(output)::settle : System.out::flush;
            return new HelloService(console, context, server, settle);
        }
        throw new IllegalStateException("Another web server took the place of the one in this process");
    }

    MockHttpServletResponse get(String path) throws IOException, ServletException {
        MockHttpServletRequest request = new MockHttpServletRequest(this.server.servletContext(), "GET", path);
        request.addHeader("Host", "localhost");
        request.addHeader("User-Agent", "curl/8.5.0");
        request.addHeader("Accept", "*/*");
        MockHttpServletResponse response = new MockHttpServletResponse();
        this.server.handle(request, response);
        return response;
    }

    /**
     * Waits until all lines that were logged so far are where they go.
     */
    void settle() {
        this.settle.run();
    }

    List<String> filterNames() {
        return this.server.servletContext().filterNames();
    }

    @Override
    public void close() {
        this.context.close();
        System.out.flush();
        System.setOut(this.console);
    }

    /**
     * Of a class of its own, so that whoever writes past {@code System.out} can tell that
     * somebody listens.
     */
    private static final class Redirected extends PrintStream {

        Redirected(OutputStream output) {
            super(output, false, StandardCharsets.UTF_8);
        }

    }

}
