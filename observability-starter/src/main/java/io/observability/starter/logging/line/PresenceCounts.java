package io.observability.starter.logging.line;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntPredicate;

import io.observability.starter.context.ContextField;
import io.observability.starter.pipeline.Completeness;

/**
 * Counts lines by which of some fields they have, one bit for each field. The bits are
 * found once for each MDC and not for each line, and a line is counted in a cell that
 * only its writer writes to, without an atomic operation. Thread-safe.
 */
final class PresenceCounts {

    /** Most fields of the MDC that can be required: cells double with each. */
    static final int MAX_KEYS = 8;

    private static final int REQUEST = 1;

    private static final int TRACE = 1 << 1;

    private final List<String> required;

    private final ServiceIdentity service;

    private final String[] keys;

    private final ConcurrentLinkedQueue<AtomicLongArray> cells = new ConcurrentLinkedQueue<>();

    private final AtomicInteger room = new AtomicInteger(Runtime.getRuntime().availableProcessors() * 16);

    private final AtomicLongArray shared;

    PresenceCounts(ServiceIdentity service, Set<String> required) {
        this.service = service;
        this.required = List.copyOf(required);
        Set<String> watched = new LinkedHashSet<>();
        watched.add(ContextField.REQUEST_ID.key());
        watched.add(ContextField.TRACE_ID.key());
        required.stream().filter((field) -> !ServiceIdentity.FIELDS.contains(field)).forEach(watched::add);
        this.keys = watched.toArray(String[]::new);
        this.shared = new AtomicLongArray(1 << this.keys.length);
        this.cells.add(this.shared);
    }

    /**
     * Find out which fields a map has a value for.
     * @param map the map
     * @return a bit for each field
     */
    int of(Map<String, String> map) {
        int present = 0;
        for (int i = 0; i < this.keys.length; i++) {
            String value = map.get(this.keys[i]);
            present |= (value != null && !value.isEmpty()) ? 1 << i : 0;
        }
        return present;
    }

    /**
     * A cell for a writer. Writers beyond a bound share one.
     * @return the cell
     */
    Cell cell() {
        if (this.room.getAndDecrement() <= 0) {
            this.room.incrementAndGet();
            return new Cell(this.shared, false);
        }
        AtomicLongArray counts = new AtomicLongArray(this.shared.length());
        this.cells.add(counts);
        return new Cell(counts, true);
    }

    /**
     * What the lines had.
     * @return the counts
     */
    List<Completeness> completeness() {
        List<Completeness> counts = new ArrayList<>();
        long lines = lines((present) -> true);
        counts.add(new Completeness(Completeness.Aspect.LINE_TRACE_ID, "", lines,
                lines((present) -> (present & TRACE) != 0)));
        long ofRequests = lines((present) -> (present & REQUEST) != 0);
        for (String field : this.required) {
            int bit = bit(field);
            if (bit == 0) {
                counts.add(new Completeness(Completeness.Aspect.REQUIRED_FIELD, field, lines,
                        this.service.has(field) ? lines : 0));
            }
            else {
                counts.add(new Completeness(Completeness.Aspect.REQUIRED_FIELD, field, ofRequests,
                        lines((present) -> (present & REQUEST) != 0 && (present & bit) != 0)));
            }
        }
        return counts;
    }

    private int bit(String field) {
        for (int i = 0; i < this.keys.length; i++) {
            if (this.keys[i].equals(field)) {
                return 1 << i;
            }
        }
        return 0;
    }

    private long lines(IntPredicate wanted) {
        long lines = 0;
        for (AtomicLongArray counts : this.cells) {
            for (int present = 0; present < counts.length(); present++) {
                lines += wanted.test(present) ? counts.getOpaque(present) : 0;
            }
        }
        return lines;
    }

    /**
     * Where one writer at a time counts its lines.
     */
    static final class Cell {

        private final AtomicLongArray counts;

        private final boolean own;

        Cell(AtomicLongArray counts, boolean own) {
            this.counts = counts;
            this.own = own;
        }

        void count(int present) {
            if (this.own) {
                this.counts.setOpaque(present, this.counts.getPlain(present) + 1);
            }
            else {
                this.counts.getAndIncrement(present);
            }
        }

    }

}
