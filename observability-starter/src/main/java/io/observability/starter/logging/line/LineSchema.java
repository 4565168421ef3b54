package io.observability.starter.logging.line;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * How a log line is laid out: the names of its members, where the fields of a caller
 * stand, and how instant and level are written. Immutable.
 *
 * @since 0.1.0
 */
public final class LineSchema {

    /**
     * The names of logstash-logback-encoder, which Spring Boot's {@code logstash} format
     * shares, with lower-case names for the rest.
     */
    public static final LineSchema LOGSTASH = new LineSchema("logstash", table(LineField::logstash),
            new Shape(null, KeyRule.AS_IS, InstantFormat.ISO, LevelFormat.LOGBACK, "1", Map.of()));

    /**
     * Elastic Common Schema 8.11 with dotted names, as Elastic's own loggers write it.
     * What is no field of the schema stands under {@code labels}.
     *
     * @see <a href="https://www.elastic.co/docs/reference/ecs">field reference</a>
     */
    public static final LineSchema ECS = new LineSchema("ecs", table(LineField::ecs),
            new Shape("labels", KeyRule.ECS, InstantFormat.ISO, LevelFormat.LOGBACK, "8.11.0",
                    Map.of("http_method", "http.request.method", "http_status", "http.response.status_code",
                            "request_bytes", "http.request.body.bytes", "response_bytes", "http.response.body.bytes")));

    /**
     * The fields of the OpenTelemetry log data model, by their own names. What a caller
     * adds stands under {@code Attributes}.
     *
     * @see <a href="https://opentelemetry.io/docs/specs/otel/logs/data-model/">log data
     * model</a>
     */
    public static final LineSchema OTEL = new LineSchema("otel", table(LineField::otel),
            new Shape("Attributes", KeyRule.AS_IS, InstantFormat.EPOCH_NANOS, LevelFormat.OTEL, null,
                    Map.of("http_method", "http.request.method", "http_route", "http.route", "http_status",
                            "http.response.status_code", "request_bytes", "http.request.body.size", "response_bytes",
                            "http.response.body.size")));

    /**
     * Flat, with names that may become labels of Loki, and levels as Grafana knows them.
     */
    public static final LineSchema LOKI = new LineSchema("loki", table(LineField::loki),
            new Shape(null, KeyRule.LABEL, InstantFormat.ISO, LevelFormat.LOWER_CASE, null, Map.of()));

    /**
     * Structured logging of Google Cloud.
     *
     * @see <a href="https://cloud.google.com/logging/docs/structured-logging">special
     * fields</a>
     */
    public static final LineSchema GCP = new LineSchema("gcp", table(LineField::gcp),
            new Shape(null, KeyRule.AS_IS, InstantFormat.ISO, LevelFormat.GCP, null, Map.of()));

    private static final List<LineSchema> KNOWN = List.of(LOGSTASH, ECS, OTEL, LOKI, GCP);

    private final String id;

    private final Map<LineField, String> paths;

    private final Shape shape;

    private LineSchema(String id, Map<LineField, String> paths, Shape shape) {
        this.id = id;
        this.paths = Collections.unmodifiableMap(paths);
        this.shape = shape;
    }

    /**
     * The schemas that there are.
     * @return the schemas
     */
    public static List<LineSchema> known() {
        return KNOWN;
    }

    /**
     * Find a schema by its name in configuration.
     * @param id the name, in any case
     * @return the schema
     * @throws IllegalArgumentException if there is none
     */
    public static LineSchema of(String id) {
        return KNOWN.stream()
            .filter((schema) -> schema.id.equals(id.trim().toLowerCase(Locale.ROOT)))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("'" + id + "' is not one of "
                    + KNOWN.stream().map(LineSchema::id).collect(Collectors.joining(", "))));
    }

    /**
     * Make a schema of other names from this one.
     * @param names the names to change: a field and its new name; {@code a>b} is a member
     * {@code b} inside an object {@code a}, and an empty name leaves the field out
     * @return the schema, named {@code custom}
     * @throws IllegalArgumentException if a name is taken twice, or timestamp, level or
     * message would be left out or stand inside an object
     */
    public LineSchema withNames(Map<LineField, String> names) {
        Map<LineField, String> changed = new EnumMap<>(LineField.class);
        changed.putAll(this.paths);
        names.forEach((field, name) -> {
            if (name.isBlank()) {
                changed.remove(field);
            }
            else {
                changed.put(field, name.trim());
            }
        });
        for (LineField field : List.of(LineField.TIMESTAMP, LineField.LEVEL, LineField.MESSAGE)) {
            String path = changed.get(field);
            if (path == null || path.indexOf('>') >= 0) {
                throw new IllegalArgumentException(
                        "The field " + field + " must have a name of its own, but has '" + path + "'");
            }
        }
        LineSchema custom = new LineSchema("custom", changed, this.shape);
        LineParts.check(custom);
        return custom;
    }

    /**
     * Make a schema that puts the fields of a caller elsewhere.
     * @param object the name of the object that takes them, or {@code null} for the line
     * itself
     * @return the schema, named {@code custom}
     */
    public LineSchema withFieldsIn(@Nullable String object) {
        LineSchema custom = new LineSchema("custom", this.paths, new Shape(object, KeyRule.AS_IS, this.shape.instant(),
                this.shape.level(), this.shape.version(), this.shape.names()));
        LineParts.check(custom);
        return custom;
    }

    /**
     * Name of the schema in configuration.
     * @return the name
     */
    public String id() {
        return this.id;
    }

    /**
     * Name of a member.
     * @param field the member
     * @return the name, {@code a>b} for a member {@code b} inside an object {@code a}, or
     * {@code null} if this schema does not have it
     */
    public @Nullable String path(LineField field) {
        return this.paths.get(field);
    }

    /**
     * Names beside which no field of a caller can stand; it gets another name.
     * @return the names, outside of {@link #fieldsIn()} if there is such an object, else
     * all
     */
    public Set<String> reservedNames() {
        return Set.copyOf(new LineParts(this, LineParts.ANY).reserved(false));
    }

    /**
     * Object that takes the fields of a caller.
     * @return the name of the object, or {@code null} if they stand beside the line's own
     */
    public @Nullable String fieldsIn() {
        return this.shape.container();
    }

    Shape shape() {
        return this.shape;
    }

    @Override
    public String toString() {
        return this.id;
    }

    private static Map<LineField, String> table(Function<LineField, @Nullable String> column) {
        Map<LineField, String> table = new EnumMap<>(LineField.class);
        for (LineField field : LineField.values()) {
            String path = column.apply(field);
            if (path != null) {
                table.put(field, Objects.requireNonNull(path));
            }
        }
        return table;
    }

    /**
     * What a schema has besides names.
     *
     * @param container the object that takes the fields of a caller, or {@code null}
     * @param keys the rule for the names of a caller's fields
     * @param instant how the timestamp is written
     * @param level how the level is written
     * @param version the value of {@link LineField#VERSION}
     * @param names names that the starter's own fields have in this schema
     */
    record Shape(@Nullable String container, KeyRule keys, InstantFormat instant, LevelFormat level,
            @Nullable String version, Map<String, String> names) {
    }

}
