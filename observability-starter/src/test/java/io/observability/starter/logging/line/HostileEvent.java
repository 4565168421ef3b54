package io.observability.starter.logging.line;

import java.util.Map;

import ch.qos.logback.classic.spi.LoggingEvent;

/**
 * An event whose parts may be set again.
 */
final class HostileEvent extends LoggingEvent {

    String thread = "main";

    Map<String, String> mdc = Map.of();

    @Override
    public String getThreadName() {
        return this.thread;
    }

    @Override
    public Map<String, String> getMDCPropertyMap() {
        return this.mdc;
    }

}
