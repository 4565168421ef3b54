package io.observability.starter.logging.redaction;

import java.util.EnumSet;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Whatever the text: masking never grows it, never breaks its escapes, and changes
 * nothing the second time. Goes on looking for a text that breaks it with
 * {@code JAZZER_FUZZ=1 mvn test -pl observability-starter -Dtest=RedactionFuzzTests}.
 */
class RedactionFuzzTests {

    private static final Redaction ALL = Redaction.of(Redaction.standardKeys(), Redaction.standardAllowedKeys(),
            EnumSet.allOf(SecretKind.class));

    @FuzzTest(maxDuration = "3m")
    void masksAnyText(FuzzedDataProvider data) {
        RedactedText.check(ALL, data.consumeRemainingAsString());
    }

}
