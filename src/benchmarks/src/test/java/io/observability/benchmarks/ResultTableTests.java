package io.observability.benchmarks;

import java.nio.file.Files;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The page says what the results file says.
 */
class ResultTableTests {

    @Test
    void pageIsUpToDate() throws Exception {
        String page = Files.readString(Layout.page());
        assertThat(page).as("run io.observability.benchmarks.ResultTable, as the page says")
            .isEqualTo(ServiceTable.insert(LogLineTable.insert(ResultTable.insert(page, Layout.results()))));
    }

    @Test
    void pageWithoutMarksIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> ResultTable.insert("# Benchmarks", Layout.results()))
            .withMessage("The page has no place for the table");
        assertThatIllegalArgumentException().isThrownBy(() -> LogLineTable.insert("# Benchmarks"))
            .withMessage("The page has no place for the tables of the log line");
        assertThatIllegalArgumentException().isThrownBy(() -> ServiceTable.insert("# Benchmarks"))
            .withMessage("The page has no place for the tables of whole services");
    }

}
