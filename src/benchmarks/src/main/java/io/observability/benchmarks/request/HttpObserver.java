package io.observability.benchmarks.request;

import io.observability.benchmarks.metrics.Contender;

/**
 * What observes an exchange of WebFlux, or a call. What it takes is in classes of their
 * own, which the launcher cannot load.
 */
public enum HttpObserver implements Contender {

    /** Nothing: the floor. */
    BARE("nothing"),

    /** Spring's observation with the handlers that Spring Boot registers. */
    STOCK("Spring Boot's observation"),

    /** The starter's direct engine, with request ids; an answer has the ids as well. */
    STARTER("observability-starter, ids included");

    private final String title;

    HttpObserver(String title) {
        this.title = title;
    }

    @Override
    public String title() {
        return this.title;
    }

}
