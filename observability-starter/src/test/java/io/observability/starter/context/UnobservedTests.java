package io.observability.starter.context;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Unobserved}.
 */
class UnobservedTests {

    @Test
    void isActiveInsideAScopeAlone() {
        assertThat(Unobserved.isActive()).isFalse();
        try (Unobserved.Scope scope = Unobserved.open()) {
            assertThat(Unobserved.isActive()).isTrue();
        }
        assertThat(Unobserved.isActive()).isFalse();
    }

    @Test
    void innerScopeDoesNotEndTheOuterOne() {
        try (Unobserved.Scope outer = Unobserved.open()) {
            try (Unobserved.Scope inner = Unobserved.open()) {
                assertThat(Unobserved.isActive()).isTrue();
            }
            assertThat(Unobserved.isActive()).isTrue();
        }
        assertThat(Unobserved.isActive()).isFalse();
    }

    @Test
    void isNotSeenOnAnotherThread() throws InterruptedException {
        boolean[] seen = { true };
        try (Unobserved.Scope scope = Unobserved.open()) {
            Thread thread = new Thread(() -> seen[0] = Unobserved.isActive());
            thread.start();
            thread.join();
        }
        assertThat(seen[0]).isFalse();
    }

}
