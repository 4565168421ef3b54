package io.observability.starter.logging.line;

import java.io.File;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.observability.starter.logging.redaction.Redaction;
import org.jspecify.annotations.Nullable;

/**
 * Writes the value of a field as JSON: numbers, booleans, arrays, collections, maps and
 * records as what they are, all else as text. Depth, elements and length have bounds; a
 * value that contains itself is cut where it does; a value that throws leaves
 * {@code [FAILED …]}. Objects are never taken apart by reflection, except records: a
 * getter may load a database.
 */
final class JsonValues {

    private static final int MAX_BITS = 1024;

    private static final int MAX_SCALE = 400;

    private static final byte[] NULL = { 'n', 'u', 'l', 'l' };

    private static final byte[] MASK = { '"', '*', '*', '*', '"' };

    private final LineEncoding encoding;

    private final Redaction redaction;

    private final @Nullable Object[] path = new Object[LineLimits.DEPTH];

    private final int maxString;

    private LineBuffer out;

    private int end;

    private int values;

    private boolean cut;

    private long repairs;

    JsonValues(LineBuffer out, LineEncoding encoding) {
        this.out = out;
        this.encoding = encoding;
        this.maxString = encoding.bounds().string;
        this.redaction = encoding.options().redaction();
    }

    // How often a value failed or was masked, since the beginning.
    long repairs() {
        return this.repairs;
    }

    @SuppressWarnings("ReferenceEquality")
    void begin(LineBuffer target, int fieldsEnd) {
        if (this.out != target) {
            this.out = target;
        }
        this.end = fieldsEnd;
        this.values = 0;
        this.cut = false;
    }

    // Whether a part of a value was left out since the line began.
    boolean isCut() {
        return this.cut;
    }

    void write(@Nullable Object value) {
        write(value, 0);
    }

    private void write(@Nullable Object value, int depth) {
        if (value instanceof String text) {
            string(text);
        }
        else if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            this.out.putLong(((Number) value).longValue());
        }
        else if (value instanceof Boolean) {
            this.out.putAscii(value.toString());
        }
        else if (value == null) {
            this.out.put(NULL);
        }
        else {
            guarded(value, depth);
        }
    }

    private void guarded(Object value, int depth) {
        int mark = this.out.position;
        try {
            other(value, depth);
        }
        catch (Throwable ex) {
            this.out.truncate(mark);
            failed(ex);
        }
    }

    void failed(Throwable ex) {
        failedOnce();
        string("[FAILED " + ex.getClass().getName() + "]");
    }

    private void other(Object value, int depth) {
        if (value instanceof Number number) {
            number(number);
        }
        else if (value instanceof Enum<?> constant) {
            string(constant.name());
        }
        else if (value instanceof AtomicBoolean flag) {
            this.out.putAscii(String.valueOf(flag.get()));
        }
        else if (value instanceof Date date) {
            date(date);
        }
        else if (value instanceof Calendar calendar) {
            string(calendar.toInstant().toString());
        }
        else if (value instanceof Class<?> type) {
            string(type.getName());
        }
        else if (value instanceof Path || value instanceof File) {
            string(ForeignText.of(value));
        }
        else if (value instanceof Optional<?> optional) {
            write(optional.orElse(null), depth);
        }
        else if (value instanceof JsonNumber literal) {
            this.out.putAscii(literal.text());
        }
        else if (value instanceof Map || value instanceof Collection || value instanceof JsonMembers
                || value.getClass().isArray() || value.getClass().isRecord()) {
            container(value, depth);
        }
        else {
            text(value);
        }
    }

    // java.sql.Date refuses toInstant().
    @SuppressWarnings("JavaUtilDate")
    private void date(Date date) {
        string(Instant.ofEpochMilli(date.getTime()).toString());
    }

    private void text(Object value) {
        String text = ForeignText.of(value);
        if (text.equals(ForeignText.FAILED)) {
            failedOnce();
        }
        string(text);
    }

    private void failedOnce() {
        this.repairs++;
        this.encoding.counts().valueFailed();
    }

    private void number(Number number) {
        if (number instanceof Double || number instanceof Float) {
            double value = number.doubleValue();
            if (Double.isNaN(value) || Double.isInfinite(value)) {
                string(number.toString());
            }
            else {
                this.out.putAscii(number.toString());
            }
        }
        else if (number instanceof AtomicInteger || number instanceof AtomicLong) {
            this.out.putLong(number.longValue());
        }
        else if (number.getClass() == BigInteger.class) {
            big(number, ((BigInteger) number).bitLength(), 0);
        }
        else if (number.getClass() == BigDecimal.class) {
            BigDecimal decimal = (BigDecimal) number;
            big(number, decimal.unscaledValue().bitLength(), decimal.scale());
        }
        else {
            text(number);
        }
    }

    // A number that takes its reader a second to parse, or a gigabyte to hold, is an
    // attack: such a number becomes text, and one that takes us long becomes its size.
    private void big(Number number, int bits, int scale) {
        if (bits > MAX_BITS * 8) {
            string("[number of " + bits + " bits]");
        }
        else if (bits > MAX_BITS || Math.abs((long) scale) > MAX_SCALE) {
            string(number.toString());
        }
        else {
            this.out.putAscii(number.toString());
        }
    }

    private void container(Object value, int depth) {
        if (depth == LineLimits.DEPTH) {
            string("\u2026[too deep]");
            return;
        }
        for (int i = 0; i < depth; i++) {
            if (this.path[i] == value) {
                string("\u2026[contains itself]");
                return;
            }
        }
        this.path[depth] = value;
        try {
            if (value instanceof Map<?, ?> map) {
                entries(map.entrySet(), depth + 1);
            }
            else if (value instanceof JsonMembers members) {
                entries(members.entries(), depth + 1);
            }
            else if (value instanceof Collection<?> collection) {
                collection(collection, depth + 1);
            }
            else if (value.getClass().isArray()) {
                array(value, depth + 1);
            }
            else {
                record((Record) value, depth + 1);
            }
        }
        finally {
            this.path[depth] = null;
        }
    }

    private void entries(Collection<? extends Map.Entry<?, ?>> entries, int depth) {
        LineKeys keys = new LineKeys(Set.of());
        this.out.put('{');
        int written = 0;
        for (Map.Entry<?, ?> entry : entries) {
            if (isFull(written)) {
                key(keys, "\u2026", written);
                string("[" + (entries.size() - written) + " more]");
                break;
            }
            String key = ForeignText.of(entry.getKey());
            key(keys, key, written++);
            member(key, entry.getValue(), depth);
        }
        this.out.put('}');
    }

    private void record(Record value, int depth) {
        LineKeys keys = new LineKeys(Set.of());
        this.out.put('{');
        int written = 0;
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            if (isFull(written)) {
                break;
            }
            key(keys, component.getName(), written++);
            member(component.getName(), RecordParts.read(value, component), depth);
        }
        this.out.put('}');
    }

    private void member(String key, @Nullable Object value, int depth) {
        if (this.encoding.keys().isMasked(key)) {
            this.repairs++;
            this.encoding.options().redaction().fieldMasked();
            this.out.put(MASK);
        }
        else {
            write(value, depth);
        }
    }

    private void collection(Collection<?> collection, int depth) {
        this.out.put('[');
        int written = 0;
        for (Object element : collection) {
            if (!element(written, collection.size())) {
                break;
            }
            write(element, depth);
            written++;
        }
        this.out.put(']');
    }

    private void array(Object array, int depth) {
        this.out.put('[');
        int length = Array.getLength(array);
        for (int i = 0; i < length && element(i, length); i++) {
            write(Array.get(array, i), depth);
        }
        this.out.put(']');
    }

    private boolean element(int written, int size) {
        if (written > 0) {
            this.out.put(',');
        }
        if (isFull(written)) {
            string("\u2026[" + (size - written) + " more]");
            return false;
        }
        return true;
    }

    private void key(LineKeys keys, String key, int written) {
        if (written > 0) {
            this.out.put(',');
        }
        JsonText.quoted(this.out, keys.take(key), LineLimits.NAME * 2);
        this.out.put(':');
    }

    private boolean isFull(int written) {
        boolean full = written == LineLimits.ELEMENTS || ++this.values > LineLimits.VALUES
                || this.out.position >= this.end;
        this.cut |= full;
        return full;
    }

    private void string(String text) {
        LineBuffer target = this.out;
        int done = (target.position < this.end) ? JsonText.quotedPlain(target, text, this.redaction)
                : JsonText.NOT_PLAIN;
        if (done == JsonText.NOT_PLAIN) {
            longString(target, text);
        }
        else if (done == JsonText.MASKED) {
            this.repairs++;
        }
    }

    private void longString(LineBuffer target, String text) {
        target.put('"');
        int from = target.position;
        target.seen = 0;
        String shown = (from < this.end) ? text : JsonText.CUT;
        boolean whole = JsonText.append(target, shown, 0, shown.length(), from + this.maxString);
        this.cut |= !whole || from >= this.end;
        if (this.encoding.mask(target, from)) {
            this.repairs++;
        }
        target.put('"');
    }

}
