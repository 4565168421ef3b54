package io.observability.starter.logging.reactive;

import io.observability.starter.logging.access.AccessRecord;
import org.jspecify.annotations.Nullable;

import org.springframework.web.server.ServerWebExchange;

/**
 * One request between the handler of all requests, which knows its begin and its end, and
 * the filter, which knows the exchange with the route.
 */
final class AccessExchange {

    static final String KEY = AccessExchange.class.getName();

    private final AccessRecord accessRecord;

    private volatile @Nullable ServerWebExchange exchange;

    private volatile boolean unobserved;

    private volatile int status;

    AccessExchange(AccessRecord accessRecord) {
        this.accessRecord = accessRecord;
    }

    AccessRecord accessRecord() {
        return this.accessRecord;
    }

    @Nullable ServerWebExchange exchange() {
        return this.exchange;
    }

    boolean isUnobserved() {
        return this.unobserved;
    }

    void found(ServerWebExchange found) {
        this.exchange = found;
    }

    /**
     * Status that was sent.
     * @return the status, or 0 if nothing was sent yet
     */
    int status() {
        return this.status;
    }

    void committed(int sent) {
        this.status = sent;
    }

    void leaveOut() {
        this.unobserved = true;
    }

}
