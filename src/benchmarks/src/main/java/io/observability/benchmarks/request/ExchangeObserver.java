package io.observability.benchmarks.request;

import io.observability.benchmarks.metrics.Contender;

/**
 * What observes an exchange of WebFlux. What it takes is in a class of its own, which the
 * launcher cannot load.
 */
public enum ExchangeObserver implements Contender {

    /** Nothing: the floor. */
    BARE("nothing"),

    /** Spring's observation with the handlers that Spring Boot registers. */
    STOCK("Spring Boot's observation"),

    /** The starter's direct engine, with request ids and the ids in the answer. */
    STARTER("observability-starter, ids included");

    private final String title;

    ExchangeObserver(String title) {
        this.title = title;
    }

    @Override
    public String title() {
        return this.title;
    }

}
