package io.observability.benchmarks.service;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.observability.benchmarks.request.HelloController;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/**
 * The measured service on its own server. It answers on standard error what is asked on
 * standard input; standard output has its log.
 */
@SpringBootApplication(proxyBeanMethods = false)
@Import(HelloController.class)
public class MeasuredService {

    /** Begins an answer. */
    static final String ANSWER = "@";

    /**
     * Runs until standard input ends.
     * @param args settings
     * @throws IOException if standard input fails
     */
    public static void main(String[] args) throws IOException {
        SpringApplication application = new SpringApplication(MeasuredService.class);
        application.addListeners(new PortListener());
        try (ConfigurableApplicationContext context = application.run(args);
                BufferedReader questions = new BufferedReader(
                        new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String question = questions.readLine(); question != null; question = questions.readLine()) {
                switch (question) {
                    case "cost" -> answer(processorNanos(), allocatedBytes());
                    case "memory" -> answer(liveBytes(), ManagementFactory.getThreadMXBean().getThreadCount());
                    default -> throw new IllegalArgumentException(question);
                }
            }
        }
    }

    private static void answer(long... values) {
        StringBuilder line = new StringBuilder(ANSWER);
        for (long value : values) {
            line.append(value).append(' ');
        }
        System.err.println(line.toString().strip());
    }

    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    // By threads that live: those of the server and the exporters do.
    private static long allocatedBytes() {
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        long sum = 0;
        for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            sum += Math.max(bytes, 0);
        }
        return sum;
    }

    private static long liveBytes() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    // A class, since Spring can't see what event a lambda is for: it would be called at
    // the end of each request, and the failing cast be caught.
    private static final class PortListener implements ApplicationListener<WebServerInitializedEvent> {

        @Override
        public void onApplicationEvent(WebServerInitializedEvent event) {
            answer(event.getWebServer().getPort());
        }

    }

}
