package io.observability.starter.logging.line;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.observability.starter.context.ContextField;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ContextFragmentTests {

    private static final long SEED = 20261126;

    private static final List<String> KEYS = List.of(ContextField.TRACE_ID.key(), ContextField.SPAN_ID.key(),
            ContextField.REQUEST_ID.key(), "user", "tenant.name", "level", "password", "url.path", "empty");

    private static final List<String> VALUES = List.of("", "a", "b", "longer than before", "\"quoted\"\n", "\u20ac",
            "token=abcdef123456", "4111 1111 1111 1111", "x".repeat(700), "y".repeat(9000));

    // What was mended must be what is written anew, whatever changed.
    @Test
    void aMendedFragmentIsTheSameAsANewOne() {
        for (LineSchema schema : LineSchema.known()) {
            mendedIsTheSame(schema, LineOptions.defaults());
            mendedIsTheSame(schema, LineOptions.defaults().withMaxLine(LineOptions.MIN_LINE));
        }
    }

    private static void mendedIsTheSame(LineSchema schema, LineOptions options) {
        LineEncoding encoding = new LineEncoding(schema, new ServiceIdentity("shop", null, null), options);
        ContextFragment mended = new ContextFragment(encoding);
        Random random = new Random(SEED);
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < 5000; i++) {
            change(map, random);
            Map<String, String> readOnly = Collections.unmodifiableMap(new LinkedHashMap<>(map));
            ContextFragment anew = new ContextFragment(encoding);
            anew.of(readOnly, null, encoding.bounds().context);
            mended.of(readOnly, null, encoding.bounds().context);
            for (boolean inside : new boolean[] { false, true }) {
                assertThat(text(mended, inside)).as("seed %d, step %d, %s", SEED, i, schema)
                    .isEqualTo(text(anew, inside));
            }
            assertThat(mended.present()).isEqualTo(anew.present());
            assertThat(mended.fields().cutFields()).isEqualTo(anew.fields().cutFields());
        }
    }

    @Test
    void aSecretIsCountedOnEachLine() {
        LineEncoding encoding = new LineEncoding(LineSchema.LOGSTASH, new ServiceIdentity("shop", null, null),
                LineOptions.defaults());
        ContextFragment fragment = new ContextFragment(encoding);
        long before = encoding.options().redaction().masked();
        fragment.of(Collections.unmodifiableMap(new LinkedHashMap<>(Map.of("note", "harmless"))), null,
                encoding.bounds().context);
        Map<String, String> secret = Collections
            .unmodifiableMap(new LinkedHashMap<>(Map.of("note", "token=abcdef123456")));
        for (int i = 0; i < 3; i++) {
            fragment.of(secret, null, encoding.bounds().context);
            assertThat(text(fragment, false)).contains("token=***");
        }
        assertThat(encoding.options().redaction().masked() - before).isEqualTo(3);
    }

    private static void change(Map<String, String> map, Random random) {
        String key = KEYS.get(random.nextInt(KEYS.size()));
        if (random.nextInt(20) == 0) {
            map.remove(key);
        }
        else {
            // Short values most of the time, since little is kept of what is long.
            int most = (random.nextInt(8) == 0) ? VALUES.size() : 6;
            map.put(key, VALUES.get(random.nextInt(most)));
        }
        if (random.nextInt(10) == 0) {
            map.remove("password");
            map.remove("level");
        }
    }

    private static String text(ContextFragment fragment, boolean inside) {
        LineBuffer out = new LineBuffer(1024);
        fragment.appendTo(out, inside);
        return out.toString();
    }

}
