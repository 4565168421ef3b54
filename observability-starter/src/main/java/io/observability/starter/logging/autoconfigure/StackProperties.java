package io.observability.starter.logging.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * How exceptions are written.
 *
 * @since 0.1.0
 */
public class StackProperties {

    /**
     * Most frames of one exception. From 1 to 256.
     */
    private int maxFrames = 256;

    /**
     * Most bytes of an exception with its causes. From 1KB to a quarter of 'max-line',
     * which it has when not set.
     */
    private @Nullable DataSize maxSize;

    /**
     * Whether the root cause comes first.
     */
    private boolean rootCauseFirst;

    /**
     * Beginnings of class names whose frames are written as their number.
     */
    private List<String> collapsedPackages = new ArrayList<>();

    public int getMaxFrames() {
        return this.maxFrames;
    }

    public void setMaxFrames(int maxFrames) {
        this.maxFrames = maxFrames;
    }

    public @Nullable DataSize getMaxSize() {
        return this.maxSize;
    }

    public void setMaxSize(@Nullable DataSize maxSize) {
        this.maxSize = maxSize;
    }

    public boolean isRootCauseFirst() {
        return this.rootCauseFirst;
    }

    public void setRootCauseFirst(boolean rootCauseFirst) {
        this.rootCauseFirst = rootCauseFirst;
    }

    public List<String> getCollapsedPackages() {
        return this.collapsedPackages;
    }

    public void setCollapsedPackages(List<String> collapsedPackages) {
        this.collapsedPackages = collapsedPackages;
    }

}
