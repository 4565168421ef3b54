package io.observability.starter.health.autoconfigure;

import io.observability.starter.health.Availability;

import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;

/**
 * Spring Boot's availability states.
 */
record BootAvailability(ApplicationAvailability availability) implements Availability {

    @Override
    public boolean isLive() {
        return this.availability.getLivenessState() == LivenessState.CORRECT;
    }

    @Override
    public boolean isReady() {
        return this.availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC;
    }

}
