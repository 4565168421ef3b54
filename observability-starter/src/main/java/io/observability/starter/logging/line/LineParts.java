package io.observability.starter.logging.line;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import ch.qos.logback.classic.Level;
import org.jspecify.annotations.Nullable;

/**
 * A schema as the bytes that stand between the values of a line, made once. Each member
 * begins with its comma; the first of an object has it replaced by the brace.
 */
final class LineParts {

    /** Stands in for a service where only the names matter. */
    static final ServiceIdentity ANY = new ServiceIdentity(ServiceIdentity.UNKNOWN, null, null);

    private static final byte[] NOTHING = {};

    private static final List<LineField> LAST = List.of(LineField.TAGS, LineField.FIELDS_CUT, LineField.ERROR_TYPE,
            LineField.ERROR_MESSAGE, LineField.STACK_HASH, LineField.STACK_TRACE);

    private static final int CLOSING = 64;

    private final Map<LineField, LinePart> parts = new EnumMap<>(LineField.class);

    private final Set<String> reserved = new HashSet<>();

    private final Set<String> reservedInside = new HashSet<>();

    /** From the start of the line to the timestamp. */
    final byte[] head;

    /** From the timestamp to the message's text, for each level. */
    final byte[][] levels = new byte[5][];

    /** Service and what else is the same on each line. */
    final byte[] constants;

    /** Bytes at the end of a line that no value of a caller may take. */
    final int tail;

    /** Start of the object that takes the caller's fields, or {@code null}. */
    final byte @Nullable [] container;

    /** Whether a caller's field may stand outside of that object. */
    final boolean twoPlaces;

    LineParts(LineSchema schema, ServiceIdentity service) {
        String object = schema.fieldsIn();
        this.container = (object != null) ? utf8(",\"" + escaped(object) + "\":") : null;
        if (object != null) {
            reserve(object, false);
        }
        this.twoPlaces = schema.shape().keys() == KeyRule.ECS && object != null;
        for (LineField field : LineField.values()) {
            String path = schema.path(field);
            if (path != null) {
                this.parts.put(field, part(field, path, object));
            }
        }
        String quote = (schema.shape().instant() == InstantFormat.ISO
                || schema.shape().instant() == InstantFormat.EPOCH_NANOS) ? "\"" : "";
        this.head = utf8("{\"" + escaped(Objects.requireNonNull(schema.path(LineField.TIMESTAMP))) + "\":" + quote);
        for (Level level : LevelFormat.levels()) {
            this.levels[LevelFormat.index(level)] = utf8(quote + member(schema, LineField.VERSION, version(schema))
                    + member(schema, LineField.LEVEL, "\"" + schema.shape().level().name(level) + "\"")
                    + member(schema, LineField.LEVEL_VALUE, Integer.toString(schema.shape().level().number(level)))
                    + ",\"" + escaped(Objects.requireNonNull(schema.path(LineField.MESSAGE))) + "\":\"");
        }
        this.constants = utf8(constants(schema, service));
        this.tail = tail();
        int names = this.head.length + this.levels[0].length + constants(schema, ANY).length();
        for (LinePart part : this.parts.values()) {
            names += part.before.length + part.after.length;
        }
        if (names > LineLimits.NAMES) {
            throw new IllegalArgumentException(
                    "The names of the members take " + names + " bytes, more than " + LineLimits.NAMES);
        }
    }

    /**
     * Refuse a schema that would write a name twice.
     * @param schema the schema
     */
    static void check(LineSchema schema) {
        new LineParts(schema, ANY);
    }

    @Nullable LinePart part(LineField field) {
        return this.parts.get(field);
    }

    /**
     * Names that belong to the line itself.
     * @param inside whether those inside the object with the caller's fields are meant
     * @return the names
     */
    Set<String> reserved(boolean inside) {
        return inside ? this.reservedInside : this.reserved;
    }

    // The members behind the fields, with a mark that says what was cut in each, and all
    // that closes the line.
    private int tail() {
        int length = CLOSING + ((this.container != null) ? this.container.length : 0);
        for (LineField field : LAST) {
            LinePart part = this.parts.get(field);
            length += (part != null) ? part.before.length + part.after.length + CLOSING : 0;
        }
        return length;
    }

    private LinePart part(LineField field, String path, @Nullable String object) {
        int split = path.indexOf('>');
        if (split < 0) {
            reserve(path, false);
            return new LinePart(utf8(",\"" + escaped(path) + "\":"), NOTHING, false);
        }
        String outer = path.substring(0, split);
        String inner = path.substring(split + 1);
        if (outer.equals(object)) {
            reserve(inner, true);
            return new LinePart(utf8(",\"" + escaped(inner) + "\":"), NOTHING, true);
        }
        if (!isConstant(field)) {
            reserve(outer, false);
        }
        else {
            this.reserved.add(outer);
        }
        return new LinePart(utf8(",\"" + escaped(outer) + "\":{\"" + escaped(inner) + "\":"), new byte[] { '}' },
                false);
    }

    private void reserve(String name, boolean inside) {
        if (name.length() > LineLimits.KEY_CHARS) {
            throw new IllegalArgumentException(
                    "A name has " + name.length() + " characters, more than " + LineLimits.KEY_CHARS);
        }
        if (name.isEmpty() || !(inside ? this.reservedInside : this.reserved).add(name)) {
            throw new IllegalArgumentException("The name '" + name + "' is empty or taken twice in the schema");
        }
    }

    private static boolean isConstant(LineField field) {
        return field == LineField.SERVICE || field == LineField.SERVICE_VERSION || field == LineField.ENVIRONMENT;
    }

    private static @Nullable String version(LineSchema schema) {
        String version = schema.shape().version();
        return (version != null) ? "\"" + version + "\"" : null;
    }

    private static String member(LineSchema schema, LineField field, @Nullable String json) {
        String path = schema.path(field);
        return (path != null && json != null) ? ",\"" + escaped(path) + "\":" + json : "";
    }

    // Constants that share an object stand in it together.
    private static String constants(LineSchema schema, ServiceIdentity service) {
        Map<String, StringBuilder> objects = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder();
        List<Constant> constants = List.of(new Constant(LineField.SERVICE, service.name()),
                new Constant(LineField.SERVICE_VERSION, service.version()),
                new Constant(LineField.ENVIRONMENT, service.environment()));
        for (Constant constant : constants) {
            String path = schema.path(constant.field);
            if (path == null || constant.value == null) {
                continue;
            }
            int split = path.indexOf('>');
            StringBuilder target = (split < 0) ? text
                    : objects.computeIfAbsent(path.substring(0, split), (name) -> new StringBuilder());
            target.append(",\"")
                .append(escaped(path.substring(split + 1)))
                .append("\":\"")
                .append(escaped(constant.value))
                .append('"');
        }
        objects.forEach((name, members) -> text.append(",\"")
            .append(escaped(name))
            .append("\":{")
            .append(members, 1, members.length())
            .append('}'));
        return text.toString();
    }

    private static String escaped(String text) {
        LineBuffer out = new LineBuffer(text.length() * 2);
        JsonText.append(out, text, 0, text.length(), LineLimits.NAME);
        return out.toString();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private record Constant(LineField field, @Nullable String value) {
    }

}
