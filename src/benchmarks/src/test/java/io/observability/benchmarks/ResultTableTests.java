package io.observability.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void pageOnPerformanceIsUpToDate() throws Exception {
        String page = Files.readString(Layout.page("performance"));
        assertThat(page).as("run io.observability.benchmarks.ResultTable, as the page on benchmarks says")
            .isEqualTo(DependencyTable.insert(StartTable.insert(page)));
    }

    @Test
    void aProfileBecomesAPicture(@TempDir Path directory) throws Exception {
        Path stacks = Files.writeString(directory.resolve("stacks.txt"), """
                Thread.run;app/Server.serve;app/Filter.doFilter;app/Handler.<init> 30
                Thread.run;app/Server.serve;app/Filter.doFilter 10
                Thread.run;jit 60
                """);
        Path picture = directory.resolve("picture.svg");
        FlameGraph.main(new String[] { stacks.toString(), picture.toString(), "a & b", "Server.serve" });
        assertThat(Files.readString(picture))
            .contains("a &amp; b", "<title>app/Server.serve 100.0 %</title>",
                    "<title>app/Handler.&lt;init&gt; 75.0 %</title>")
            .doesNotContain("jit");
    }

    @Test
    void pageWithoutMarksIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> StartTable.insert("# Performance"))
            .withMessage("The page has no place for the tables of starts");
        assertThatIllegalArgumentException().isThrownBy(() -> DependencyTable.insert("# Performance"))
            .withMessage("The page has no place for the table of dependencies");
        assertThatIllegalArgumentException().isThrownBy(() -> ResultTable.insert("# Benchmarks", Layout.results()))
            .withMessage("The page has no place for the table");
        assertThatIllegalArgumentException().isThrownBy(() -> LogLineTable.insert("# Benchmarks"))
            .withMessage("The page has no place for the tables of the log line");
        assertThatIllegalArgumentException().isThrownBy(() -> ServiceTable.insert("# Benchmarks"))
            .withMessage("The page has no place for the tables of whole services");
    }

}
