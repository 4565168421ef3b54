package io.observability.starter.logging.line;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import net.logstash.logback.argument.StructuredArgument;
import net.logstash.logback.marker.EmptyLogstashMarker;
import net.logstash.logback.marker.LogstashMarker;
import net.logstash.logback.marker.MapEntriesAppendingMarker;
import net.logstash.logback.marker.ObjectAppendingMarker;
import net.logstash.logback.marker.RawJsonAppendingMarker;
import net.logstash.logback.marker.SingleFieldAppendingMarker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Fields that logstash-logback-encoder's arguments and markers write by themselves. The
 * common ones with plain values are asked for name and value. The others want a Jackson
 * generator: what they generate is read again, token by token. Either way the fields go
 * into the line by the same rules as any other.
 */
final class LogstashFields {

    private static final int MAX_NUMBER = 400;

    private final LineWriting line;

    LogstashFields(LineWriting line) {
        this.line = line;
    }

    static boolean areIn(@Nullable Object[] arguments) {
        for (Object argument : arguments) {
            // Asking a string for an interface that it has not takes longer than writing
            // it.
            if (argument != null && argument.getClass() != String.class && argument.getClass() != Integer.class
                    && argument instanceof StructuredArgument) {
                return true;
            }
        }
        return false;
    }

    void arguments(@Nullable Object[] arguments) {
        for (Object argument : arguments) {
            if (argument instanceof StructuredArgument structured) {
                write(argument, structured::writeTo);
            }
        }
    }

    void markers(List<Marker> markers) {
        int[] left = { LineLimits.TAGS };
        for (Marker marker : markers) {
            marker(marker, left, 0);
        }
    }

    private void marker(@Nullable Marker marker, int[] left, int depth) {
        if (marker == null || depth > LineLimits.DEPTH || left[0]-- <= 0) {
            return;
        }
        if (marker instanceof LogstashMarker logstash) {
            write(marker, logstash::writeTo);
        }
        if (marker.hasReferences()) {
            for (Iterator<Marker> references = marker.iterator(); references.hasNext() && left[0] > 0;) {
                marker(references.next(), left, depth + 1);
            }
        }
    }

    private void write(Object source, Fields fields) {
        try {
            if (!known(source)) {
                splice(fields);
            }
        }
        catch (Throwable ex) {
            String name = (source instanceof SingleFieldAppendingMarker single) ? single.getFieldName()
                    : source.getClass().getSimpleName();
            this.line.failedField(name, ex);
        }
    }

    // By exact class: a subclass may write something else.
    private boolean known(Object source) throws Throwable {
        Class<?> type = source.getClass();
        if (type == ObjectAppendingMarker.class) {
            ObjectAppendingMarker field = (ObjectAppendingMarker) source;
            Object value = LogstashParts.of(field);
            if (LogstashParts.isPlain(value)) {
                this.line.field(field.getFieldName(), value);
                return true;
            }
        }
        else if (type == RawJsonAppendingMarker.class) {
            RawJsonAppendingMarker field = (RawJsonAppendingMarker) source;
            if (LogstashParts.of(field) instanceof String json) {
                this.line.field(field.getFieldName(), parse(json));
                return true;
            }
        }
        else if (type == MapEntriesAppendingMarker.class) {
            Map<?, ?> map = LogstashParts.of((MapEntriesAppendingMarker) source);
            if (map != null && LogstashParts.isPlain(map)) {
                map.forEach((key, value) -> this.line.field(String.valueOf(key), value));
                return true;
            }
        }
        return type == EmptyLogstashMarker.class;
    }

    private static @Nullable Object parse(String json) {
        try (JsonParser parser = Mapper.INSTANCE.createParser(json)) {
            parser.nextToken();
            Object value = read(parser, 0);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("More than one value");
            }
            return value;
        }
    }

    private void splice(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = Mapper.INSTANCE.createGenerator(bytes)) {
            generator.writeStartObject();
            fields.writeTo(generator);
            generator.writeEndObject();
        }
        try (JsonParser parser = Mapper.INSTANCE.createParser(bytes.toByteArray())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                this.line.field(name, read(parser, 0));
            }
        }
    }

    private static @Nullable Object read(JsonParser parser, int depth) {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT, START_ARRAY -> {
                if (depth == LineLimits.DEPTH) {
                    parser.skipChildren();
                    yield "\u2026[too deep]";
                }
                yield (token == JsonToken.START_OBJECT) ? object(parser, depth) : array(parser, depth);
            }
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                String number = parser.getString();
                yield (number.length() <= MAX_NUMBER) ? new JsonNumber(number) : number;
            }
            default -> parser.getString();
        };
    }

    private static JsonMembers object(JsonParser parser, int depth) {
        JsonMembers members = new JsonMembers();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            members.add(name, read(parser, depth + 1));
        }
        return members;
    }

    private static List<@Nullable Object> array(JsonParser parser, int depth) {
        List<@Nullable Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(read(parser, depth + 1));
        }
        return elements;
    }

    /**
     * What a marker and an argument have in common.
     */
    @FunctionalInterface
    private interface Fields {

        void writeTo(JsonGenerator generator);

    }

    /**
     * Made when the first such argument comes: most services have none.
     */
    private static final class Mapper {

        private static final JsonMapper INSTANCE = JsonMapper.builder().findAndAddModules().build();

    }

}
