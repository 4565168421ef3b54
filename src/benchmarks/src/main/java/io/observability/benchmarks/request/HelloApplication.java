package io.observability.benchmarks.request;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.server.servlet.ServletWebServerFactory;
import org.springframework.context.annotation.Bean;

/**
 * The measured service. The same classes run in each variant; what observes them is what
 * the class path of the variant brings.
 */
@SpringBootApplication(proxyBeanMethods = false)
class HelloApplication {

    @Bean
    ServletWebServerFactory inProcessWebServerFactory() {
        return InProcessWebServer::new;
    }

}
