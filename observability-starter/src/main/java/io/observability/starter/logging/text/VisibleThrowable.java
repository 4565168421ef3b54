package io.observability.starter.logging.text;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import org.jspecify.annotations.Nullable;

/**
 * An exception as a layout sees it: its messages can't be taken for frames or for lines
 * of their own.
 */
final class VisibleThrowable implements IThrowableProxy {

    private final IThrowableProxy throwable;

    private VisibleThrowable(IThrowableProxy throwable) {
        this.throwable = throwable;
    }

    static @Nullable IThrowableProxy of(@Nullable IThrowableProxy throwable) {
        return (throwable != null) ? new VisibleThrowable(throwable) : null;
    }

    @Override
    public @Nullable String getOverridingMessage() {
        return VisibleText.of(this.throwable.getOverridingMessage(), true);
    }

    @Override
    public @Nullable String getMessage() {
        return VisibleText.of(this.throwable.getMessage(), true);
    }

    @Override
    public String getClassName() {
        return this.throwable.getClassName();
    }

    @Override
    public StackTraceElementProxy[] getStackTraceElementProxyArray() {
        return this.throwable.getStackTraceElementProxyArray();
    }

    @Override
    public int getCommonFrames() {
        return this.throwable.getCommonFrames();
    }

    @Override
    public @Nullable IThrowableProxy getCause() {
        return of(this.throwable.getCause());
    }

    @Override
    public @Nullable IThrowableProxy @Nullable [] getSuppressed() {
        @Nullable IThrowableProxy[] suppressed = this.throwable.getSuppressed();
        if (suppressed == null || suppressed.length == 0) {
            return suppressed;
        }
        @Nullable IThrowableProxy[] visible = new IThrowableProxy[suppressed.length];
        for (int i = 0; i < suppressed.length; i++) {
            visible[i] = of(suppressed[i]);
        }
        return visible;
    }

    @Override
    public boolean isCyclic() {
        return this.throwable.isCyclic();
    }

}
