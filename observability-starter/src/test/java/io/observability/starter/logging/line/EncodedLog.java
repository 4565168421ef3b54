package io.observability.starter.logging.line;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import org.slf4j.MDC;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Logback context of its own whose lines are kept as bytes, and the strictest reader of
 * them that Jackson offers.
 */
final class EncodedLog {

    static final JsonMapper STRICT = JsonMapper
        .builder(JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(20).maxNumberLength(500).build())
            .build())
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();

    final JsonLineWriter writer;

    final List<byte[]> lines = Collections.synchronizedList(new ArrayList<>());

    private final LoggerContext context = new LoggerContext();

    EncodedLog() {
        this(new ServiceIdentity("shop", "1.2.3", null));
    }

    EncodedLog(ServiceIdentity service) {
        this(new JsonLineWriter(LineSchema.LOGSTASH, service));
    }

    EncodedLog(LineSchema schema) {
        this(schema, LineOptions.defaults());
    }

    EncodedLog(LineSchema schema, LineOptions options) {
        this(new JsonLineWriter(schema, new ServiceIdentity("shop", "1.2.3", "test"), options));
    }

    private EncodedLog(JsonLineWriter writer) {
        this.writer = writer;
        this.context.setMDCAdapter(MDC.getMDCAdapter());
        Encoding appender = new Encoding();
        appender.setContext(this.context);
        appender.start();
        Logger root = this.context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.TRACE);
        root.addAppender(appender);
    }

    Logger logger() {
        return logger("com.example.Shop");
    }

    Logger logger(String name) {
        return this.context.getLogger(name);
    }

    JsonNode only() {
        if (this.lines.size() != 1) {
            throw new AssertionError("Expected one line but got " + this.lines.size());
        }
        return strict(this.lines.get(0));
    }

    String onlyText() {
        return decode(this.lines.get(0));
    }

    /**
     * Read a line as strictly as possible: UTF-8 without replacement, one line end, JSON
     * without duplicate names or trailing tokens, no raw character that can't be seen, no
     * escape of half a pair, no more than 256 KiB.
     */
    static JsonNode strict(byte[] line) {
        return strict(line, LineOptions.DEFAULT_LINE);
    }

    static JsonNode strict(byte[] line, int most) {
        String text = decode(line);
        if (!text.endsWith("}\n") || text.indexOf('\n') != text.length() - 1) {
            throw new AssertionError("Not one line: " + text);
        }
        if (line.length > most) {
            throw new AssertionError("Line of " + line.length + " bytes");
        }
        text.strip().codePoints().forEach((c) -> {
            if (c < ' ' || c == 127 || (c > 127 && JsonText.isHidden(c))) {
                throw new AssertionError("Raw character " + Integer.toHexString(c) + " in " + text);
            }
        });
        JsonNode node = STRICT.readTree(line);
        requireWholePairs(node.toString());
        return node;
    }

    private static String decode(byte[] line) {
        try {
            return StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(line))
                .toString();
        }
        catch (CharacterCodingException ex) {
            throw new AssertionError(ex);
        }
    }

    private static void requireWholePairs(String text) {
        text.codePoints().forEach((c) -> {
            if (c >= 0xd800 && c <= 0xdfff) {
                throw new AssertionError("Half a pair: " + Integer.toHexString(c));
            }
        });
    }

    // Unlike AppenderBase no lock, unlike both no guard against logging while logging.
    private final class Encoding extends UnsynchronizedAppenderBase<ILoggingEvent> {

        @Override
        public void doAppend(ILoggingEvent event) {
            append(event);
        }

        @Override
        protected void append(ILoggingEvent event) {
            EncodedLog.this.lines.add(EncodedLog.this.writer.toBytes(event));
        }

    }

}
