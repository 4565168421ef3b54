package io.observability.promcard;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command line: {@code java -jar promcard.jar --url http://localhost:8080/metrics}.
 *
 * @since 0.1.0
 */
@Command(name = "promcard", mixinStandardHelpOptions = true, versionProvider = Promcard.Version.class,
        sortOptions = false, usageHelpWidth = 100, usageHelpAutoWidth = true, exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = { "0:no label has more values than the threshold", "1:at least one has",
                "2:could not tell, standard error says why" },
        description = { "Finds the label that costs the most series, on a live page of metrics or a Prometheus server.",
                "" },
        footer = { "", "Examples:", "  What does my service cost?", "    promcard --url http://localhost:8080/metrics",
                "  Fail the build where a label has more than 50 values:",
                "    promcard --url http://localhost:8080/metrics --threshold 50",
                "  What came and went on a server within a day, of the shop's metrics alone?",
                "    promcard --url http://prometheus:9090 --metric 'shop_*' --lookback 1d",
                "  Write the rules that bound it:",
                "    promcard --url http://localhost:8080/metrics --suggest > cardinality.yml", "",
                "A histogram or summary is one metric; the bounds of its buckets and quantiles are not",
                "judged, and neither are job and instance on a server, which name the target. An argument",
                "@FILE stands for the arguments in FILE: no password is then seen in the list of processes." })
public final class Promcard implements Callable<Integer> {

    private static final int CLEAN = 0;

    private static final int OVER = 1;

    private static final int COULD_NOT_TELL = 2;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--url", required = true, paramLabel = "URL",
            description = "Page of metrics, or Prometheus server (or what speaks its HTTP API); which of the two is found out.")
    private String url = "";

    @Option(names = "--metric", paramLabel = "GLOB", defaultValue = "*",
            description = "Metrics to look at, by their names in Prometheus; * and ? stand for characters. Default: all.")
    private String metric = "*";

    @Option(names = "--label", paramLabel = "GLOB", defaultValue = "*",
            description = "Labels to look at. Default: all.")
    private String label = "*";

    @Option(names = "--lookback", paramLabel = "DURATION", converter = Durations.class,
            description = "Count what was there at any time since then (30m, 6h, 7d), not only what is there now. Needs a server. Its open blocks may add what is up to some hours older.")
    private @Nullable Duration lookback;

    @Option(names = "--threshold", paramLabel = "N", defaultValue = "100",
            description = "The most different values that a label may have. Default: ${DEFAULT-VALUE}.")
    private int threshold;

    @Option(names = "--output", paramLabel = "FORMAT", defaultValue = "table",
            description = "One of: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Output output = Output.table;

    @Option(names = "--suggest",
            description = "Print the rules for the starter's cardinality guard, as YAML for application.yml.")
    private boolean suggest;

    @Option(names = "--top", paramLabel = "N", defaultValue = "10",
            description = "How many labels to show; those over the threshold are shown in any case. Default: ${DEFAULT-VALUE}.")
    private int top;

    @Option(names = "--timeout", paramLabel = "DURATION", converter = Durations.class, defaultValue = "30s",
            description = "How long each answer may take, to its end. Default: ${DEFAULT-VALUE}.")
    private Duration timeout = Duration.ofSeconds(30);

    @Option(names = { "-H", "--header" }, paramLabel = "HEADER",
            description = "Header to send, such as 'Authorization: Bearer abc' or 'X-Scope-OrgID: team'. Repeatable.")
    private List<String> headers = new ArrayList<>();

    @Option(names = "--user", paramLabel = "NAME:PASSWORD", description = "Credentials for basic authentication.")
    private @Nullable String user;

    @Option(names = "--cacert", paramLabel = "FILE",
            description = "Certificates (PEM) to believe in place of Java's own.")
    private @Nullable Path authorities;

    @Option(names = "--insecure", description = "Believe any certificate.")
    private boolean insecure;

    private Promcard() {
    }

    /**
     * Run the tool and end the process with its exit code.
     * @param args the command line
     */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Promcard());
        commandLine.setParameterExceptionHandler((ex, args) -> {
            PrintWriter err = ex.getCommandLine().getErr();
            err.println("promcard: " + TerminalText.of(String.valueOf(ex.getMessage()), 500));
            err.println("promcard --help tells more.");
            return COULD_NOT_TELL;
        });
        return commandLine;
    }

    @Override
    public Integer call() {
        CommandLine commandLine = Objects.requireNonNull(this.spec).commandLine();
        PrintWriter out = commandLine.getOut();
        PrintWriter err = commandLine.getErr();
        URI target = null;
        try {
            Request request = Request.of(this.url, this.headers, this.user);
            target = request.url();
            Findings findings = survey(request, err);
            report(findings, out, err);
            return findings.offenders().isEmpty() ? CLEAN : OVER;
        }
        catch (CouldNotTellException ex) {
            String message = String.valueOf(ex.getMessage());
            err.println("promcard: " + message);
            if (this.output == Output.json && !this.suggest) {
                new JsonReport(out).writeFailure((target != null) ? target.toString() : null, message);
            }
            return COULD_NOT_TELL;
        }
        finally {
            out.flush();
            err.flush();
        }
    }

    private Findings survey(Request request, PrintWriter err) throws CouldNotTellException {
        check("--threshold", this.threshold >= 1, "a whole number from 1");
        check("--top", this.top >= 0, "a whole number from 0");
        HttpFetcher fetcher = new HttpFetcher(Trust.context(this.authorities, this.insecure), this.timeout,
                request.headers());
        Question question = new Question(request.url(), new Glob(this.metric), new Glob(this.label), this.lookback,
                this.threshold);
        Progress progress = new Progress(Progress.isTerminal() ? err : null, System::nanoTime);
        return new Survey(fetcher, question, progress, TableBudget.ofHeap()).run();
    }

    private void report(Findings findings, PrintWriter out, PrintWriter err) {
        findings.warnings().forEach((warning) -> err.println("promcard: the server warns: " + warning));
        if (this.suggest) {
            new SuggestionReport(out).write(findings);
        }
        else if (this.output == Output.json) {
            new JsonReport(out).write(findings, this.top);
        }
        else {
            new TableReport(out).write(findings, this.top);
        }
    }

    private static void check(String option, boolean right, String allowed) throws CouldNotTellException {
        if (!right) {
            throw new CouldNotTellException(option + " must be " + allowed);
        }
    }

    /**
     * Formats of the findings.
     */
    enum Output {

        /** For a person. */
        table,

        /** For a program. */
        json

    }

    /**
     * The version that the jar says it has.
     */
    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Promcard.class.getPackage().getImplementationVersion();
            return new String[] { "promcard " + ((version != null) ? version : "(not packaged)") };
        }

    }

}
