package dev.binnacle.local.cli;

import dev.binnacle.local.ExitCode;
import dev.binnacle.local.ProblemException;
import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.explain.Explanation;
import dev.binnacle.mesh.explain.Why;
import dev.binnacle.mesh.explain.WhyJson;
import dev.binnacle.mesh.explain.WhyRequest;
import dev.binnacle.mesh.explain.WhyText;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.mesh.topology.TopologyJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "why",
        mixinStandardHelpOptions = true,
        description = "Show which rule, cluster and endpoints decide a request, without sending it.")
final class WhyCommand implements Callable<Integer> {
    private static final Pattern METHOD = Pattern.compile("[-!#$%&'*+.^_`|~0-9A-Za-z]+");

    private final CliContext context;

    @Parameters(index = "0", paramLabel = "FROM", description = "A pod, a workload or an app label.")
    private String from;

    @Parameters(index = "1", paramLabel = "TO", description = "A host as the client names it, or a URL.")
    private String to;

    @Option(names = "--port", description = "The port the client calls.")
    private @Nullable Integer port;

    @Option(names = "--path", description = "The path with its query (default: that of the URL, or /).")
    private @Nullable String path;

    @Option(names = "--method", defaultValue = "GET", description = "The method (default: ${DEFAULT-VALUE}).")
    private String method;

    @Option(names = "-H", paramLabel = "'name: value'", description = "A header; may be given several times.")
    private List<String> headers = List.of();

    @Option(
            names = "-f",
            split = ",",
            paramLabel = "FILE",
            description = "Ask these manifests, not those of the instance.")
    private List<Path> files = List.of();

    @Option(names = "-o", paramLabel = "json", description = "Print JSON.")
    private OutputFormat format = OutputFormat.TEXT;

    WhyCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Manifests manifests = new AskedManifests(context).of(files);
        var request = new WhyRequest(from, to, Optional.ofNullable(called()), path(), method(), headerMap());
        return switch (Why.explain(manifests, topology(manifests), request)) {
            case Explanation.Unanswered(String message, String fix) -> throw ProblemException.no(message, fix);
            case Explanation.Answer answer -> {
                context.out().print(format == OutputFormat.JSON ? WhyJson.write(answer) : WhyText.write(answer));
                context.out().flush();
                yield ExitCode.OK;
            }
        };
    }

    private @Nullable Integer called() {
        if (port != null && (port < 1 || port > 65535)) {
            throw ProblemException.usage("--port " + port + ": not a port", "Ports are 1 to 65535.");
        }
        return port;
    }

    private String path() {
        int scheme = to.indexOf("://");
        int slash = scheme < 0 ? to.indexOf('/') : to.indexOf('/', scheme + 3);
        String inUrl = slash < 0 ? "/" : to.substring(slash);
        String asked = path == null ? inUrl : path;
        if (path != null && slash >= 0 && !inUrl.equals("/") && !inUrl.equals(path)) {
            throw ProblemException.usage("the path is both in " + to + " and in --path " + path, "Give it once.");
        }
        if (!asked.startsWith("/")) {
            throw ProblemException.usage("--path " + asked + ": not a path", "A path begins with a slash.");
        }
        return asked;
    }

    private String method() {
        if (!METHOD.matcher(method).matches()) {
            throw ProblemException.usage("--method " + method + ": not a method", "Write one word, such as GET.");
        }
        return method;
    }

    /** The pods that run, or those that would. */
    private MeshTopology topology(Manifests manifests) throws IOException {
        Path running = context.layout().topologyFile();
        return files.isEmpty() && Files.exists(context.layout().launcherFile()) && Files.exists(running)
                ? TopologyJson.read(Files.readString(running))
                : Translation.plan(manifests);
    }

    private Map<String, String> headerMap() {
        var map = new TreeMap<String, String>();
        for (String header : headers) {
            int colon = header.indexOf(':');
            if (colon < 1) {
                throw ProblemException.usage("-H " + header + ": not a header", "Write it as 'name: value'.");
            }
            map.put(
                    header.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        return map;
    }
}
