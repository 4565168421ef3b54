package io.observability.starter.health;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Writes down what it hears.
 */
class RecordingListener implements HealthListener {

    final List<String> heard = new CopyOnWriteArrayList<>();

    @Override
    public void changed(CheckState before, CheckState now) {
        this.heard.add(now.name() + " " + before.status().code() + " -> " + now.status().code());
    }

    @Override
    public void listingFailed(Throwable failure) {
        this.heard.add("listing failed: " + failure.getMessage());
    }

    @Override
    public void tooManyChecks(int limit) {
        this.heard.add("too many: " + limit);
    }

}
