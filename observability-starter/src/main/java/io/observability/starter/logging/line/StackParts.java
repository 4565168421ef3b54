package io.observability.starter.logging.line;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import org.jspecify.annotations.Nullable;

/**
 * The parts of which the stack trace of an exception and of its causes consists, and the
 * hash of all. They are looked up once, for the hash, which stands on the line before the
 * text does. Not thread-safe.
 */
final class StackParts {

    private static final int MAX_RUNS = 64;

    private static final @Nullable FrameRun[] NO_RUNS = {};

    private static final int[] NO_STARTS = {};

    private final ThrowableNames names;

    private final FrameCache cache = FrameCache.SHARED;

    private final FrameRuns known = FrameRuns.SHARED;

    // The parts of the trace of each exception, from its start on.
    private @Nullable FrameRun[] runs = NO_RUNS;

    private int[] starts = NO_STARTS;

    private int length;

    private int found;

    StackParts(ThrowableNames names) {
        this.names = names;
    }

    /**
     * Look at the exception that is written next.
     * @param failure the exception
     * @return its {@linkplain StackHash hash}
     */
    int begin(IThrowableProxy failure) {
        int hash = 1;
        this.length = 0;
        this.found = 0;
        if (this.starts.length == 0) {
            this.starts = new int[LineLimits.CAUSES + 2];
            this.runs = new FrameRun[MAX_RUNS];
        }
        IThrowableProxy current = failure;
        while (current != null && this.length <= LineLimits.CAUSES) {
            this.starts[this.length++] = this.found;
            if (current.isCyclic() || this.length > LineLimits.CAUSES) {
                break;
            }
            String type = type(current);
            ThrowableName name = this.names.get(type);
            hash = (name != null) ? StackHash.withException(hash, name) : StackHash.withException(hash, type);
            StackTraceElementProxy[] trace = current.getStackTraceElementProxyArray();
            if (trace != null) {
                hash = withFrames(hash, trace, Math.min(own(current, trace), LineLimits.FRAMES));
            }
            current = current.getCause();
        }
        this.starts[this.length] = this.found;
        return hash;
    }

    private int withFrames(int before, StackTraceElementProxy[] trace, int own) {
        int hash = before;
        for (int from = 0, to; from < own; from = to) {
            to = FrameRuns.end(from, own);
            FrameRun run = this.known.get(trace, from, to);
            if (run != null) {
                hash = run.addTo(hash);
            }
            else {
                for (int i = from; i < to; i++) {
                    hash = StackHash.withFrame(hash, this.cache.get(trace[i].getStackTraceElement()));
                }
            }
            keep(run);
        }
        return hash;
    }

    // The same failure has the same parts, and a reference in an array that lives long is
    // better left alone: each store is a memory barrier of the garbage collector.
    @SuppressWarnings("ReferenceEquality")
    private void keep(@Nullable FrameRun run) {
        if (this.found < this.runs.length) {
            if (this.runs[this.found] != run) {
                this.runs[this.found] = run;
            }
            this.found++;
        }
    }

    /**
     * Number of exceptions that were looked at.
     * @return the number, from the outermost on
     */
    int length() {
        return this.length;
    }

    int start(int exception) {
        return this.starts[exception];
    }

    int end(int exception) {
        return this.starts[exception + 1];
    }

    /**
     * A part that is known.
     * @param index from the start of an exception to its end
     * @return the part, {@code null} if it is to be written frame by frame
     */
    @Nullable FrameRun get(int index) {
        return this.runs[index];
    }

    static String type(IThrowableProxy throwable) {
        String type = throwable.getClassName();
        return (type != null) ? type : "null";
    }

    static int own(IThrowableProxy throwable, StackTraceElementProxy @Nullable [] trace) {
        return (trace != null) ? Math.max(trace.length - throwable.getCommonFrames(), 0) : 0;
    }

}
