package dev.binnacle.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.binnacle.local.ExitCode;
import dev.binnacle.local.instance.Layout;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exit codes and messages of commands that need no running instance. */
class CommandsTest {
    private static final String SERVICE = """
            apiVersion: v1
            kind: Service
            metadata: {name: shop}
            spec:
              selector: {app: shop}
              ports: [{name: http, port: 80, targetPort: 8080}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: shop}
            spec:
              selector: {matchLabels: {app: shop}}
              template:
                metadata: {labels: {app: shop, version: v1}}
                spec:
                  containers: [{name: shop, image: shop, ports: [{name: http, containerPort: 8080}]}]
            """;

    @TempDir
    private Path clone;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void home() {
        environment.put("HOME", clone.resolve("home").toString());
        environment.put("PATH", "/usr/bin:/bin");
    }

    @Test
    void statusAndDownWithoutAnInstance() {
        assertThat(run("status", "-o", "json")).isEqualTo(ExitCode.NO);
        assertThat(err.toString()).contains("nothing runs here").contains("./binnacle up");
        assertThat(run("down")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("nothing was running");
    }

    @Test
    void wrongUsage() {
        assertThat(run("upp")).isEqualTo(ExitCode.USAGE);
        assertThat(run("check")).isEqualTo(ExitCode.USAGE);
        assertThat(run("apply", "-f", "nowhere.yaml")).isEqualTo(ExitCode.USAGE);
        assertThat(run("apply", "-f", "x", "--timeout", "soon")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("'soon' is no duration");
    }

    @Test
    void cardinalityCountsWhatManifestsAllowAndKeepsABudget() throws IOException {
        String both = SERVICE + "---\n" + SERVICE.replace("shop", "stock");
        Path mesh = manifest(both);
        String[] command = {"cardinality", "--manifests", mesh.toString(), "-o", "json", "--budget"};

        assertThat(run(with(command, "268"))).isEqualTo(ExitCode.OK);
        var json = new ObjectMapper().readTree(out.toString());
        assertThat(json.get("now").asLong()).isEqualTo(4 * 67);
        assertThat(json.get("within").asBoolean()).isTrue();
        assertThat(run(with(command, "267"))).isEqualTo(ExitCode.NO);
    }

    @Test
    void cardinalitySaysWhatAChangeMakesAndWhatLabelsCost() throws IOException {
        Path mesh = manifest(SERVICE + "---\n" + SERVICE.replace("shop", "stock"));
        Path change = Files.writeString(clone.resolve("change.yaml"), """
                        apiVersion: telemetry.istio.io/v1
                        kind: Telemetry
                        metadata: {name: less}
                        spec:
                          metrics:
                            - providers: [{name: prometheus}]
                              overrides: [{match: {metric: REQUEST_SIZE}, disabled: true}]
                        """);

        assertThat(run("cardinality", "--manifests", mesh.toString(), "-f", change.toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .containsPattern("istio_request_bytes +88 +0 +-88\n")
                .containsPattern("all +268 +180 +-88\n")
                .contains("nothing by themselves: ", "Envoy keeps what it has counted");
    }

    @Test
    void cardinalityWithoutAPrometheusSaysSo() throws IOException {
        Path mesh = manifest(SERVICE);

        assertThat(run("cardinality", "--manifests", mesh.toString(), "--observed"))
                .isEqualTo(ExitCode.NO);
        assertThat(err.toString()).contains("nothing runs here");
        assertThat(run("cardinality", "--manifests", mesh.toString(), "--prometheus", "nonsense"))
                .isEqualTo(ExitCode.NO);
        assertThat(err.toString()).contains("there is no Prometheus at nonsense");
        assertThat(run("cardinality", "--manifests", mesh.toString(), "--outcomes", "0"))
                .isEqualTo(ExitCode.USAGE);
    }

    private static String[] with(String[] command, String last) {
        return Stream.concat(Arrays.stream(command), Stream.of(last)).toArray(String[]::new);
    }

    @Test
    void checkShowsEveryProblemAsJson() throws IOException {
        Path file = manifest(SERVICE.replace("containerPort: 8080", "containerPort: 8080, colour: red")
                .replace("targetPort: 8080", "targetPort: web"));

        assertThat(run("check", "-f", file.toString(), "-o", "json")).isEqualTo(ExitCode.NO);

        var diagnostics = new ObjectMapper().readTree(out.toString()).get("diagnostics");
        assertThat(diagnostics).isNotEmpty();
        assertThat(diagnostics.get(0).fieldNames())
                .toIterable()
                .containsExactly("code", "severity", "message", "fix", "file", "line", "resource", "path");
        assertThat(diagnostics.findValuesAsText("message")).anyMatch(message -> message.contains("colour"));
    }

    @Test
    void checkNamesAnUnreadableFileBesideTheOthersProblems() throws IOException {
        Files.write(clone.resolve("latin1.yaml"), new byte[] {'a', (byte) 0xe4});
        String bad = manifest("apiVersion: v1\nkind: Service\nmetadata: {name: Bad}\n")
                .toString();

        assertThat(run("check", "-f", clone.resolve("latin1.yaml") + "," + bad)).isEqualTo(ExitCode.NO);

        assertThat(out.toString()).contains("BNC-100").contains("BNC-106").contains("2 errors");
    }

    @Test
    void namesDoNotActOnTheTerminal() throws IOException {
        var terminal = new StringWriter();
        try (var writer = new PrintWriter(new InertWriter(terminal))) {
            writer.println("\tname \u001b[31m\u009b\u202e\r" + "\ud83d\ude00");
        }

        assertThat(terminal).hasToString("\tname \\u001b[31m\\u009b\\u202e\\u000d\ud83d\ude00\n");
    }

    @Test
    void checkOfGoodManifestsIsContent() throws IOException {
        assertThat(run("check", "-f", manifest(SERVICE).toString())).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("0 errors");
    }

    @Test
    void translateShowsWhatAProxyIsTold() throws IOException {
        assertThat(run("translate", "-f", manifest(SERVICE).toString(), "--proxy", "shop.default", "-o", "json"))
                .isEqualTo(ExitCode.OK);

        var resources = new ObjectMapper().readTree(out.toString());
        assertThat(resources.fieldNames())
                .toIterable()
                .containsExactly("listeners", "filters", "routes", "clusters", "endpoints", "secrets", "hosts");
        assertThat(resources.get("hosts").has("shop.default.svc.cluster.local")).isTrue();
    }

    @Test
    void translateOfAProxyThatIsNotThereNamesThoseThatAre() throws IOException {
        assertThat(run("translate", "-f", manifest(SERVICE).toString(), "--proxy", "ship.default"))
                .isEqualTo(ExitCode.NO);
        assertThat(err.toString()).contains("no proxy ship.default").contains("There are shop.default");
    }

    @Test
    void whyNamesTheRuleOfARequest() throws IOException {
        assertThat(run("why", "shop", "http://shop/", "-f", manifest(SERVICE).toString(), "-o", "json"))
                .isEqualTo(ExitCode.OK);
        assertThat(new ObjectMapper()
                        .readTree(out.toString())
                        .at("/clusters/0/host")
                        .asText())
                .isEqualTo("shop.default.svc.cluster.local");
    }

    @Test
    void whyTakesThePathFromTheUrlAndRefusesWhatIsNone() throws IOException {
        String file = manifest(SERVICE).toString();

        assertThat(run("why", "shop", "http://shop/items?page=2", "-f", file)).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("/items?page=2");
        assertThat(run("why", "shop", "shop", "--path", "items", "-f", file)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("A path begins with a slash");
        assertThat(run("why", "shop", "shop", "--port", "99999", "-f", file)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("Ports are 1 to 65535");
    }

    @Test
    void upRefusesBadManifestsBeforeAnythingStarts() throws IOException {
        Path file = manifest("apiVersion: v1\nkind: Service\nmetadata: {name: [}\n");

        assertThat(run("up", "--manifests", file.toString())).isEqualTo(ExitCode.NO);

        assertThat(err.toString()).contains("1 problem in the manifests").contains("bad.yaml:3");
        assertThat(clone.resolve(".binnacle/run/launcher.json")).doesNotExist();
    }

    @Test
    void upOnlyOfAnUnknownNameListsTheKnown() throws IOException {
        assertThat(run("up", "--manifests", manifest(SERVICE).toString(), "--only", "ship"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--only names no workload: ship").contains("Workloads are shop");
    }

    @Test
    void upWithoutABuildSaysSo() throws IOException {
        assertThat(run("up", "--manifests", manifest(SERVICE).toString())).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(err.toString()).contains("the platform is not built");
    }

    @Test
    void aRuntimeFolderThatCannotBeWrittenIsSaid() throws IOException {
        environment.put("BINNACLE_DIR", "/proc/binnacle");

        assertThat(run("up", "--manifests", manifest(SERVICE).toString())).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(err.toString()).contains("/proc/binnacle").contains("BINNACLE_DIR");
    }

    @Test
    void anEngineThatIsNotThereIsSaidWithWhoNamedIt() throws IOException {
        makeAppJar();
        Path up = manifest(SERVICE);

        assertThat(run("up", "--manifests", up.toString(), "--engine", "envoy=/nope"))
                .isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(err.toString()).contains("engine envoy, as named by --engine: /nope is not an executable file");

        assertThat(run("up", "--manifests", up.toString(), "--engine", "nginx=/nope"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--engine nginx: there is no such engine");
        assertThat(clone.resolve(".binnacle/run/launcher.json")).doesNotExist();
    }

    @Test
    void anEngineOfTheSettingsFileThatIsSomethingElseIsSaidWithTheFile() throws IOException {
        makeAppJar();
        Path settings = clone.resolve(".binnacle/config");
        Files.createDirectories(settings.getParent());
        Files.writeString(settings, "engine.envoy=/bin/cat\n");

        assertThat(run("up", "--manifests", manifest(SERVICE).toString())).isEqualTo(ExitCode.ENVIRONMENT);

        assertThat(err.toString())
                .contains("engine envoy, as named by " + settings)
                .contains("`/bin/cat --version` names no version of envoy");
    }

    @Test
    void theDemonstrationsOwnManifestsHaveNothingToSayAbout() {
        Path top = Path.of("../..").toAbsolutePath().normalize();

        assertThat(run("check", "-f", top.resolve("sample-services/kubernetes") + "," + top.resolve("istio")))
                .as(out.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("0 errors, 0 warnings");
    }

    @Test
    void aPageOfMetricsIsReadSampleBySample() throws IOException {
        Path page = Files.writeString(clone.resolve("page.txt"), """
                # HELP served_total Requests.
                # TYPE served_total counter
                served_total{code="200"} 3 1000
                load NaN
                """);

        assertThat(run("metrics", "check", page.toString(), "-o", "json")).isEqualTo(ExitCode.OK);

        var answer = new ObjectMapper().readTree(out.toString());
        assertThat(answer.at("/valid").asBoolean()).isTrue();
        assertThat(answer.at("/samples/0").toString())
                .isEqualTo("{\"name\":\"served_total\",\"labels\":{\"code\":\"200\"},\"type\":\"counter\","
                        + "\"value\":\"3\",\"timestamp\":1000}");
        assertThat(answer.at("/samples/1/value").asText()).isEqualTo("NaN");
        assertThat(answer.at("/samples/1/timestamp").isNull()).isTrue();
        assertThat(run("metrics", "check", page.toString(), "--strict")).isEqualTo(ExitCode.NO);
        assertThat(out.toString()).contains("page.txt:4: convention: load has no HELP line");
    }

    @Test
    void aPageIsReadAsPrometheusReadsItUnlessItHasToBeStrict() throws IOException {
        Path torn = Files.writeString(clone.resolve("torn.txt"), "a 1\nb 1\na{c=\"d\"} 1\n# EOF\n");

        assertThat(run("metrics", "check", torn.toString())).isEqualTo(ExitCode.OK);
        assertThat(run("metrics", "check", torn.toString(), "--format", "openmetrics"))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("3 samples, 0 problems");
        assertThat(run("metrics", "check", torn.toString(), "--strict")).isEqualTo(ExitCode.NO);
        assertThat(run("metrics", "check", torn.toString(), "--strict", "--format", "openmetrics"))
                .isEqualTo(ExitCode.NO);
        assertThat(out.toString()).contains("torn.txt:3: the lines of a do not stand together");
    }

    @Test
    void aWrongPageOfMetricsIsRefusedWithTheLine() throws IOException {
        Path page = Files.writeString(clone.resolve("page.txt"), "good 1\nbad{x=1} 2\nworse two\n");

        assertThat(run("metrics", "check", page.toString())).isEqualTo(ExitCode.NO);

        assertThat(out.toString())
                .contains("page.txt:2: a label value in quotes is expected, found '1} 2'")
                .contains("page.txt:3: the value 'two' is not a number")
                .contains("1 sample, 2 problems");
    }

    @Test
    void aPageInProtobufIsReadMessageByMessage() throws IOException {
        byte[] load = {15, 0x0a, 4, 'l', 'o', 'a', 'd', 0x18, 1, 0x22, 5, 0x12, 3, 0x09, 0, 0};
        Path torn = Files.write(clone.resolve("torn.pb"), load);
        assertThat(run("metrics", "check", torn.toString(), "--format", "protobuf"))
                .isEqualTo(ExitCode.NO);
        assertThat(out.toString()).contains("torn.pb:1: ", "0 samples, 1 problem");

        byte[] whole = {21, 0x0a, 4, 'l', 'o', 'a', 'd', 0x18, 1, 0x22, 11, 0x12, 9, 0x09, 0, 0, 0, 0, 0, 0, 8, 64};
        Path page = Files.write(clone.resolve("page.pb"), whole);
        assertThat(run("metrics", "check", page.toString(), "--format", "protobuf", "-o", "json"))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("\"name\" : \"load\"", "\"type\" : \"gauge\"", "\"value\" : \"3\"");
        assertThat(run("metrics", "check", page.toString(), "--format", "protobuf", "--strict"))
                .isEqualTo(ExitCode.NO);
        assertThat(out.toString()).contains("page.pb:1: convention: load has no HELP line");
    }

    @Test
    void aPageOfMetricsThatIsNotThere() {
        assertThat(run("metrics", "check", "nowhere.txt")).isEqualTo(ExitCode.USAGE);
        assertThat(run("metrics", "check", "http://127.0.0.1:1/metrics")).isEqualTo(ExitCode.NO);
        assertThat(err.toString()).contains("http://127.0.0.1:1/metrics does not answer");
        assertThat(run("metrics", "check", "page", "--format", "xml")).isEqualTo(ExitCode.USAGE);
    }

    private void makeAppJar() throws IOException {
        Path jar = clone.resolve("platform-core/app/target/quarkus-app/quarkus-run.jar");
        Files.createDirectories(jar.getParent());
        Files.writeString(jar, "");
    }

    private Path manifest(String yaml) throws IOException {
        return Files.writeString(clone.resolve("bad.yaml"), yaml);
    }

    private int run(String... arguments) {
        var context = new CliContext(
                Layout.of(clone, environment), environment, new PrintWriter(out, true), new PrintWriter(err, true));
        return BinnacleCommand.commandLine(context).execute(arguments);
    }
}
