package dev.binnacle.local.cli;

import dev.binnacle.local.ExitCode;
import dev.binnacle.local.ProblemException;
import dev.binnacle.prometheus.exposition.Exposition;
import dev.binnacle.prometheus.exposition.LineProblem;
import dev.binnacle.prometheus.exposition.ProtobufParser;
import dev.binnacle.prometheus.exposition.TextParser;
import dev.binnacle.prometheus.exposition.TextWriter;
import dev.binnacle.prometheus.scrape.OpenMetricsRules;
import dev.binnacle.prometheus.scrape.PageFormat;
import dev.binnacle.prometheus.scrape.PageParser;
import dev.binnacle.prometheus.scrape.SampleSink;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.model.Series;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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
            description = "Read a page of metrics as Prometheus does, and show every line that it refuses.")
    int check(
            @Parameters(paramLabel = "FILE|URL", description = "A file, an http URL, or - for standard input.")
                    String source,
            @Option(
                            names = "--format",
                            paramLabel = "text|openmetrics|protobuf",
                            defaultValue = "text",
                            description =
                                    "The page's format; of a URL, the one to ask for. Of protobuf the number of the"
                                            + " message takes the line's place.")
                    MetricsFormat format,
            @Option(
                            names = "--strict",
                            description =
                                    "What the format demands and Prometheus lets pass is a problem too, and so is a"
                                            + " broken naming convention.")
                    boolean strict,
            @Option(names = "-o", paramLabel = "json", description = "Print JSON.", defaultValue = "text")
                    OutputFormat output)
            throws IOException, InterruptedException {
        Exposition page = read(source, format, strict);
        boolean good = page.isValid() && (!strict || page.remarks().isEmpty());
        if (output == OutputFormat.JSON) {
            context.printJson(answer(page, good));
        } else {
            show(source, page);
        }
        return good ? ExitCode.OK : ExitCode.NO;
    }

    private static Exposition read(String source, MetricsFormat wanted, boolean strict)
            throws IOException, InterruptedException {
        try (var page = MetricsPage.open(source, wanted)) {
            var format = page.contentType().isEmpty() ? wanted : MetricsFormat.of(page.contentType());
            return switch (format) {
                case TEXT -> strict ? strictly(source, page) : asPrometheus(page, PageFormat.TEXT);
                case OPENMETRICS ->
                    strict
                            ? OpenMetricsRules.read(page.body(), Instant.MIN)
                            : asPrometheus(page, PageFormat.OPENMETRICS);
                case PROTOBUF -> fromProtobuf(page, strict);
            };
        }
    }

    private static Exposition fromProtobuf(MetricsPage page, boolean strict) throws IOException {
        var read = ProtobufParser.parse(page.body(), Instant.MIN);
        return strict ? read : new Exposition(read.samples(), read.problems(), List.of());
    }

    private static Exposition strictly(String source, MetricsPage page) throws IOException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(page.body().readAllBytes()))
                    .toString();
            return TextParser.parse(text, Instant.MIN);
        } catch (CharacterCodingException e) {
            throw ProblemException.no(source + ": not UTF-8 text", "A page of metrics is always UTF-8.");
        }
    }

    private static Exposition asPrometheus(MetricsPage page, PageFormat format) throws IOException {
        var samples = new ArrayList<Sample>();
        var problems = new ArrayList<LineProblem>();
        var parser = new PageParser<Series>(format, (series, previous) -> series, PageParser.REMEMBER_NOTHING);
        parser.check(
                page.body(),
                (series, value, timestamp) -> samples.add(new Sample(series, value, time(timestamp))),
                problems::add);
        return new Exposition(samples, problems, List.of());
    }

    private static Instant time(long timestamp) {
        return timestamp == SampleSink.NO_TIMESTAMP ? Instant.MIN : Instant.ofEpochMilli(timestamp);
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
