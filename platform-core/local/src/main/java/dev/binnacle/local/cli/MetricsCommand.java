package dev.binnacle.local.cli;

import dev.binnacle.local.ExitCode;
import dev.binnacle.pipeline.exposition.Exposition;
import dev.binnacle.pipeline.exposition.LineProblem;
import dev.binnacle.pipeline.exposition.TextParser;
import dev.binnacle.pipeline.exposition.TextWriter;
import dev.binnacle.spi.model.Sample;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "metrics", mixinStandardHelpOptions = true, description = "Look at pages of metrics.")
final class MetricsCommand implements Runnable {
    private final CliContext context;

    @Spec
    private CommandSpec spec;

    MetricsCommand(CliContext context) {
        this.context = context;
    }

    /** The formats that can be read. */
    enum Format {
        TEXT
    }

    /**
     * What {@code -o json} prints.
     *
     * @param remarks what breaks a naming convention
     */
    record Answer(boolean valid, List<LineProblem> problems, List<LineProblem> remarks, List<PrintedSample> samples) {}

    /**
     * One sample.
     *
     * @param type the family's
     * @param value as Prometheus writes it, {@code NaN} and {@code +Inf} among others
     * @param timestamp milliseconds since 1970; null when the page gives none
     */
    record PrintedSample(
            String name,
            Map<String, String> labels,
            String type,
            String value,
            @Nullable Long timestamp) {}

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say check");
    }

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = "Parse a page of metrics, and show every line that is wrong.")
    int check(
            @Parameters(paramLabel = "FILE|URL", description = "A file, an http URL, or - for standard input.")
                    String source,
            @Option(names = "--format", paramLabel = "text", defaultValue = "text", description = "The page's format.")
                    Format format,
            @Option(names = "--strict", description = "Naming conventions count as problems too.") boolean strict,
            @Option(names = "-o", paramLabel = "json", description = "Print JSON.", defaultValue = "text")
                    OutputFormat output)
            throws IOException, InterruptedException {
        Exposition page = TextParser.parse(MetricsPage.read(source), Instant.MIN);
        boolean good = page.isValid() && (!strict || page.remarks().isEmpty());
        if (output == OutputFormat.JSON) {
            context.printJson(answer(page, good));
        } else {
            show(source, page);
        }
        return good ? ExitCode.OK : ExitCode.NO;
    }

    private static Answer answer(Exposition page, boolean good) {
        return new Answer(
                good,
                page.problems(),
                page.remarks(),
                page.samples().stream().map(MetricsCommand::printed).toList());
    }

    private static PrintedSample printed(Sample sample) {
        return new PrintedSample(
                sample.series().name(),
                sample.series().labels().toMap(),
                sample.series().family().type().text(),
                TextWriter.number(sample.value()),
                sample.at().equals(Instant.MIN) ? null : sample.at().toEpochMilli());
    }

    private void show(String source, Exposition page) {
        page.problems().forEach(problem -> context.print(source + ":" + problem.line() + ": " + problem.reason()));
        page.remarks()
                .forEach(remark -> context.print(source + ":" + remark.line() + ": convention: " + remark.reason()));
        context.print(summary(page));
    }

    private static String summary(Exposition page) {
        var parts = new ArrayList<>(List.of(
                counted(page.samples().size(), "sample"),
                counted(page.problems().size(), "problem")));
        if (!page.remarks().isEmpty()) {
            parts.add(counted(page.remarks().size(), "broken convention"));
        }
        return String.join(", ", parts);
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
