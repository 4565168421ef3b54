package io.observability.e2e.service;

import net.logstash.logback.argument.StructuredArguments;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * One route, for either web stack.
 */
@RestController
class GreetingController {

    private static final Logger logger = LoggerFactory.getLogger(GreetingController.class);

    @GetMapping("/greeting/{name}")
    String greet(@PathVariable String name) {
        logger.atInfo().addKeyValue("guest", name).addKeyValue("visits", 3).log("Greeting {}", name);
        return "Hello " + name;
    }

    @GetMapping("/farewell/{name}")
    String bid(@PathVariable String name) {
        logger.info("Farewell {}", StructuredArguments.kv("guest", name), StructuredArguments.kv("visits", 3));
        return "Goodbye " + name;
    }

}
