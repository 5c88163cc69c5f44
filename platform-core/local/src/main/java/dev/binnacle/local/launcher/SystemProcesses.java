package dev.binnacle.local.launcher;

import dev.binnacle.local.AtomicFile;
import dev.binnacle.local.engine.Engine;
import dev.binnacle.local.instance.Layout;
import dev.binnacle.local.pod.JavaCommand;
import dev.binnacle.local.process.ProcessListener;
import dev.binnacle.local.process.ProcessSpec;
import dev.binnacle.local.process.RestartPolicy;
import dev.binnacle.local.process.SupervisedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes the processes of the platform itself: the app, Prometheus and Alertmanager. */
final class SystemProcesses {
    static final String APP = "app";
    static final int XDS_PORT = 15010;

    private static final String APP_JAR = "platform-core/app/target/quarkus-app/quarkus-run.jar";

    private final Layout layout;
    private final InstancePorts ports;
    private final Map<String, String> environment;
    private final ProcessListener listener;

    SystemProcesses(Layout layout, InstancePorts ports, Map<String, String> environment, ProcessListener listener) {
        this.layout = layout;
        this.ports = ports;
        this.environment = environment;
        this.listener = listener;
    }

    public static Path appJar(Path clone) {
        return clone.resolve(APP_JAR);
    }

    ServerProcess app(JavaCommand java, List<Path> manifests, String xdsAddress) throws IOException {
        var all = new TreeMap<>(environment);
        all.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        all.put("QUARKUS_HTTP_PORT", Integer.toString(ports.app()));
        all.put(
                "BINNACLE_MESH_MANIFESTS",
                manifests.stream().map(Path::toString).collect(Collectors.joining(",")));
        all.put("BINNACLE_MESH_OVERLAYS", layout.overlays().toString());
        all.put("BINNACLE_AUDIT_FILE", layout.auditFile().toString());
        all.put("BINNACLE_SECURITY_TOKEN_FILE", layout.operatorToken().toString());
        all.put("BINNACLE_MESH_TOPOLOGY", layout.topologyFile().toString());
        all.put("BINNACLE_XDS_ENABLED", "true");
        all.put("BINNACLE_XDS_HOST", xdsAddress);
        all.put("BINNACLE_XDS_PORT", Integer.toString(XDS_PORT));
        all.put("BINNACLE_PLUGINS_DIRECTORY", layout.plugins().toString());
        all.put("BINNACLE_PIPELINE_BUFFERS", layout.data("buffers").toString());
        all.put("BINNACLE_PROMETHEUS_URL", ports.prometheusUrl());
        all.put("BINNACLE_ALERTMANAGER_URL", ports.alertmanagerUrl());
        all.put(
                "BINNACLE_INSIGHT_OBJECTIVES",
                layout.home().resolve("prometheus/slo").toString());
        all.put(
                "SMALLRYE_CONFIG_LOCATIONS",
                settingsFile(xdsAddress).toUri().toString().replace(",", "\\,"));
        var command = new ArrayList<>(java.forApp(appJar(layout.home())));
        // The app's own runtime finds it after the restart, and keeps the plugin out that was at work then.
        command.add("-XX:OnOutOfMemoryError=touch '" + layout.plugins().resolve(".work.state/out-of-memory") + "'");
        command.addAll(List.of("-jar", appJar(layout.home()).toString()));
        return server(APP, command, all, layout.home(), ports.appUrl(), "/q/health/ready");
    }

    /**
     * Writes what the environment cannot say, as it does not tell a key with a dash from one with a dot. A file, and not flags, so that the
     * app in development mode is told the same.
     */
    private Path settingsFile(String xdsAddress) throws IOException {
        var text = new StringBuilder("# Made by ./binnacle up, for this instance.\n");
        // Over the app's own file, and under the environment.
        text.append("config_ordinal=270\n");
        settings(xdsAddress)
                .forEach((key, value) -> text.append("binnacle.")
                        .append(key)
                        .append('=')
                        .append(value.replace("\\", "\\\\"))
                        .append('\n'));
        Path file = layout.runtime().resolve("run/app.properties");
        AtomicFile.write(file, text.toString());
        return file;
    }

    /** What is pushed here has a pipeline of its own: to Prometheus, which does not scrape it then. */
    private Map<String, String> settings(String xdsAddress) throws IOException {
        var settings = new TreeMap<String, String>();
        settings.put(setting("collector-istiod", "urls"), ports.appUrl());
        settings.put(setting("collector-otlp", "host"), xdsAddress);
        settings.put(setting("exporter-remote-write", "url"), ports.prometheusUrl() + "/api/v1/write");
        settings.put("pipelines.pushed.collectors", "collector-otlp,collector-prometheus-scrape");
        settings.put("pipelines.pushed.exporters", "exporter-remote-write");
        Path pushed = layout.home().resolve("prometheus/pushed.yml");
        if (Files.exists(pushed)) {
            Path adapted = layout.runtime().resolve("run/pushed.yml");
            AtomicFile.write(adapted, PrometheusConfig.adapted(pushed, ports.addresses()));
            settings.put(setting("collector-prometheus-scrape", "config-file"), adapted.toString());
        }
        return settings;
    }

    private static String setting(String extension, String key) {
        return "plugins.settings.\"" + extension + "\"." + key;
    }

    /** Writes Prometheus' configuration for this instance, from the clone's. */
    void writePrometheusConfig() throws IOException {
        Path given = layout.home().resolve("prometheus/prometheus.yml");
        AtomicFile.write(
                prometheusConfig(),
                Files.exists(given)
                        ? PrometheusConfig.adapted(given, ports.addresses())
                        : FallbackConfigs.prometheus(ports));
    }

    private Path prometheusConfig() {
        return layout.runtime().resolve("run/prometheus.yml");
    }

    ServerProcess prometheus(Engine engine) throws IOException {
        writePrometheusConfig();
        Path data = Files.createDirectories(layout.data("prometheus"));
        var command = new ArrayList<>(List.of(
                engine.binary().toString(),
                "--config.file=" + prometheusConfig(),
                "--storage.tsdb.path=" + data,
                "--storage.tsdb.retention.time=2d",
                "--web.listen-address=127.0.0.1:" + ports.prometheus(),
                "--web.enable-lifecycle",
                "--web.enable-remote-write-receiver",
                "--log.level=warn"));
        Path assets = engine.webAssets();
        if (assets != null) {
            command.add("--web.local-assets=" + assets);
        }
        return server("prometheus", command, environment, folder(engine, data), ports.prometheusUrl(), "/-/ready");
    }

    ServerProcess alertmanager(Engine engine) throws IOException {
        Path config = layout.runtime().resolve("run/alertmanager.yml");
        Path given = layout.home().resolve("prometheus/alertmanager.yml");
        AtomicFile.write(
                config,
                Files.exists(given)
                        ? PrometheusConfig.adapted(given, ports.addresses())
                        : FallbackConfigs.alertmanager());
        Path data = Files.createDirectories(layout.data("alertmanager"));
        var command = List.of(
                engine.binary().toString(),
                "--config.file=" + config,
                "--storage.path=" + data,
                "--web.listen-address=127.0.0.1:" + ports.alertmanager(),
                // Alone on this machine: no gossip, and so no port for it.
                "--cluster.listen-address=",
                "--log.level=warn");
        return server("alertmanager", command, environment, folder(engine, data), ports.alertmanagerUrl(), "/-/ready");
    }

    /** What was pushed last is kept over a restart, as batch jobs do not push again. */
    ServerProcess pushgateway(Engine engine) throws IOException {
        Path data = Files.createDirectories(layout.data("pushgateway"));
        var command = List.of(
                engine.binary().toString(),
                "--persistence.file=" + data.resolve("groups"),
                "--persistence.interval=5s",
                "--web.listen-address=127.0.0.1:" + ports.pushgateway(),
                "--log.level=warn");
        return server("pushgateway", command, environment, folder(engine, data), ports.pushgatewayUrl(), "/-/ready");
    }

    private static Path folder(Engine engine, Path otherwise) {
        Path needed = engine.folder();
        return needed == null ? otherwise : needed;
    }

    private ServerProcess server(
            String name, List<String> command, Map<String, String> all, Path folder, String url, String readiness) {
        var spec = new ProcessSpec(name, command, all, folder, layout.log(name));
        return new ServerProcess(new SupervisedProcess(spec, RestartPolicy.DEFAULT, listener), url, readiness);
    }
}
