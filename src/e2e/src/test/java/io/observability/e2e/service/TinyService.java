package io.observability.e2e.service;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * A service without any configuration; what it is follows from its class path.
 */
@SpringBootApplication
public class TinyService {

    public static void main(String[] args) {
        SpringApplication.run(TinyService.class, args);
    }

}
