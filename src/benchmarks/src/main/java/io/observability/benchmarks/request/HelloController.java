package io.observability.benchmarks.request;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * The one handler: a line that is written and three that are not.
 */
@RestController
public class HelloController {

    private static final Logger logger = LoggerFactory.getLogger(HelloController.class);

    /**
     * Greets.
     * @param id whom
     * @return a greeting
     */
    @GetMapping("/hello/{id}")
    public Greeting hello(@PathVariable int id) {
        logger.debug("Asked for {}", id);
        logger.debug("Looking for the greeting of {}", id);
        Greeting greeting = new Greeting(id, "Hello, number " + id);
        logger.debug("Found {}", greeting);
        logger.info("Greeting number {}", id);
        return greeting;
    }

}
