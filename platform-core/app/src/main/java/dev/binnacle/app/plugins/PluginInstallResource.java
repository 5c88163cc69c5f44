package dev.binnacle.app.plugins;

import dev.binnacle.app.api.Problem;
import dev.binnacle.app.api.ProblemException;
import dev.binnacle.plugins.Leak;
import dev.binnacle.plugins.Verification;
import dev.binnacle.plugins.supply.Objection;
import dev.binnacle.spi.config.ConfigProblem;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Installs, upgrades, configures and removes plugins while the others run. */
@Path("/api/v1/plugins")
public class PluginInstallResource {
    private static final Pattern ADDRESS =
            Pattern.compile("(localhost|[0-9]+(\\.[0-9]+){3}|\\[[0-9a-fA-F:.]+])(:[0-9]+)?");

    private final Plugins plugins;
    private final PluginLogs logs;
    private final PluginAudit audit;

    PluginInstallResource(Plugins plugins, PluginLogs logs, PluginAudit audit) {
        this.plugins = plugins;
        this.logs = logs;
        this.audit = audit;
    }

    /**
     * What was removed.
     *
     * @param dropped how many samples waited for its exporters, by exporter
     */
    public record Removed(String plugin, Map<String, Long> dropped) {}

    /** What was installed. */
    public record Installed(String plugin, String version, List<String> extensions) {}

    /**
     * Loads the plugin in the body, in the place of the one with the same id when there is one; 422 with every reason when it would not
     * load, and nothing is changed then.
     *
     * <p>Only {@code application/zip} is taken, which a page in a browser cannot send elsewhere without being allowed to; and only from who
     * calls the platform by address or {@code localhost} (421 otherwise), so that no name that somebody else owns can be made to lead here.
     *
     * @param signature what {@code FILE.sig} holds, in Base64, where a signature is needed
     */
    @PUT
    @Consumes("application/zip")
    public Installed install(
            @HeaderParam("Host") @Nullable String host,
            @HeaderParam("Binnacle-Signature") @Nullable String signature,
            InputStream zip)
            throws IOException {
        if (host == null || !ADDRESS.matcher(host).matches()) {
            throw new ProblemException(Problem.ofStatus(
                    421,
                    "Not by this name",
                    "Plugins are installed by the platform's address or localhost, not " + host));
        }
        var verification = plugins.install(zip, signature);
        if (!verification.loads()) {
            audit.refused("Not installed: " + verification.plugin() + ": " + verification.objections());
            throw refused(verification);
        }
        audit.done("Installed " + verification.plugin() + " " + verification.version());
        return new Installed(verification.plugin(), verification.version(), verification.extensions());
    }

    /** Unloads a plugin and deletes its zip, and what waits for its exporters; 404 when there is no such plugin. */
    @DELETE
    @Path("/{plugin}")
    public Removed remove(@PathParam("plugin") String plugin) throws IOException {
        return plugins.remove(plugin)
                .map(dropped -> {
                    audit.done("Removed " + plugin);
                    return new Removed(plugin, dropped);
                })
                .orElseThrow(() ->
                        new ProblemException(Problem.ofStatus(404, "No such plugin", "No plugin is called " + plugin)));
    }

    /**
     * Gives an extension other settings, which hold from now on and over the configuration's, and makes it anew; 422 with every problem
     * when they are not valid, and nothing is changed then. 404 when there is no such extension.
     */
    @PUT
    @Path("/{extension}/settings")
    public List<PluginsResource.ExtensionView> configure(
            @PathParam("extension") String extension, Map<String, String> settings) throws IOException {
        return configured(extension, settings.keySet(), plugins.configure(extension, settings));
    }

    /**
     * Does the same for these settings alone, by the rules of a JSON Merge Patch (RFC 7396): null takes back what was given. So a secret
     * that nobody is shown stays.
     */
    @PATCH
    @Path("/{extension}/settings")
    public List<PluginsResource.ExtensionView> reconfigure(
            @PathParam("extension") String extension, Map<String, @Nullable String> settings) throws IOException {
        return configured(extension, settings.keySet(), plugins.reconfigure(extension, settings));
    }

    private List<PluginsResource.ExtensionView> configured(
            String extension, Set<String> given, Optional<List<ConfigProblem>> found) {
        var problems = found.orElseThrow(() -> noExtension(extension));
        // Values may be secrets.
        String keys = String.join(", ", new TreeSet<>(given));
        if (!problems.isEmpty()) {
            audit.refused("Not configured: " + extension + ", settings " + keys);
            String detail = problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("; "));
            throw new ProblemException(Problem.of(
                    "settings-invalid", "The settings are wrong", 422, detail, Map.of("problems", problems)));
        }
        audit.done("Configured " + extension + ", settings " + keys);
        return plugins.statuses().stream()
                .filter(status -> status.id().equals(extension))
                .map(status -> PluginsResource.ExtensionView.of(status, plugins.descriptor(extension)))
                .toList();
    }

    /** Lists what holds for each setting of an extension; secrets are not shown. 404 when there is no such extension. */
    @GET
    @Path("/{extension}/settings")
    public List<SettingView> settings(@PathParam("extension") String extension) {
        return plugins.settings(extension).orElseThrow(() -> noExtension(extension));
    }

    /** Lists the last lines that an extension wrote into the log, the oldest first; 404 when there is no such extension. */
    @GET
    @Path("/{extension}/log")
    public List<PluginLogs.Line> log(@PathParam("extension") String extension) {
        return plugins.descriptor(extension).map(known -> logs.of(extension)).orElseThrow(() -> noExtension(extension));
    }

    private static ProblemException noExtension(String extension) {
        return new ProblemException(Problem.ofStatus(404, "No such extension", "No extension is called " + extension));
    }

    /** Lists what unloaded plugins left behind. */
    @GET
    @Path("/leaks")
    public List<Leak> leaks() {
        return plugins.leaks();
    }

    private static ProblemException refused(Verification verification) {
        var reasons =
                verification.objections().stream().map(Objection::toString).toList();
        return new ProblemException(Problem.of(
                "plugin-refused",
                "The plugin would not load",
                422,
                String.join("; ", reasons),
                Map.of("plugin", verification.plugin(), "reasons", verification.objections())));
    }
}
