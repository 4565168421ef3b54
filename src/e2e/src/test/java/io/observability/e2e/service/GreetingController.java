package io.observability.e2e.service;

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
        logger.info("Greeting {}", name);
        return "Hello " + name;
    }

}
