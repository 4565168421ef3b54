package io.observability.starter.health;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link NamePatterns}.
 */
class NamePatternsTests {

    @ParameterizedTest
    @CsvSource({ "db, db, true", "db, db/primary, true", "db, db2, false", "db, adb, false", "db*, db2, true",
            "db?, db2, true", "db?, db, false", "*, db/primary, true", "db/*, db, false", "db/*, db/primary, true",
            "d.b, dxb, false", "(, (, true", "[a-z], [a-z], true", "[a-z], b, false", "DB, db, false" })
    void matchesNamesAndTheChildrenOfComposites(String pattern, String name, boolean expected) {
        assertThat(new NamePatterns(List.of("nothing", pattern)).test(name)).isEqualTo(expected);
    }

    @Test
    void noPatternMatchesNothing() {
        assertThat(new NamePatterns(List.of()).isEmpty()).isTrue();
        assertThat(new NamePatterns(List.of()).test("db")).isFalse();
        assertThat(new NamePatterns(List.of("db")).isEmpty()).isFalse();
    }

}
