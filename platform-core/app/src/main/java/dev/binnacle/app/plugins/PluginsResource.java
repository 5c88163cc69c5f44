package dev.binnacle.app.plugins;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.binnacle.app.api.Problem;
import dev.binnacle.app.api.ProblemException;
import dev.binnacle.plugins.ExtensionStatus;
import dev.binnacle.plugins.generate.Generation;
import dev.binnacle.spi.Capabilities;
import dev.binnacle.spi.ExtensionDescriptor;
import dev.binnacle.spi.config.JsonSchema;
import dev.binnacle.spi.generate.GeneratedFile;
import dev.binnacle.spi.generate.GenerationException;
import dev.binnacle.spi.generate.SourceFile;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The plugins in the API. */
@Path("/api/v1/plugins")
public class PluginsResource {
    private final Plugins plugins;
    private final ObjectMapper json;
    private final PluginAudit audit;

    PluginsResource(Plugins plugins, ObjectMapper json, PluginAudit audit) {
        this.plugins = plugins;
        this.json = json;
        this.audit = audit;
    }

    /** One extension as the API shows it; {@code ./binnacle plugin list -o json} prints the same. */
    public record ExtensionView(
            String id,
            String kind,
            String plugin,
            String version,
            String status,
            String stability,
            String reason,
            String summary,
            Capabilities capabilities,
            @JsonRawValue String schema) {
        /**
         * Shows an extension.
         *
         * @param descriptor how it introduces itself; empty when its plugin was refused
         */
        static ExtensionView of(ExtensionStatus status, Optional<ExtensionDescriptor> descriptor) {
            return new ExtensionView(
                    status.id(),
                    status.kind(),
                    status.plugin(),
                    status.version(),
                    status.state().text(),
                    status.stability(),
                    status.reason(),
                    descriptor.map(ExtensionDescriptor::summary).orElse(""),
                    descriptor.map(ExtensionDescriptor::capabilities).orElse(Capabilities.NONE),
                    JsonSchema.of(descriptor.map(ExtensionDescriptor::settings).orElse(List.of())));
        }
    }

    /** What to generate from; the running mesh unless given. */
    public record GenerateRequest(@Nullable List<SourceFile> files) {}

    /** What a generator made. */
    public record GenerateResponse(List<GeneratedFile> files) {}

    /** Lists every extension, sorted by id. */
    @GET
    public List<ExtensionView> list() {
        return plugins.statuses().stream()
                .map(status -> ExtensionView.of(status, plugins.descriptor(status.id())))
                .toList();
    }

    /** Shows one extension; 404 when there is none with this id. */
    @GET
    @Path("/{extension}")
    public ExtensionView show(@PathParam("extension") String extension) {
        return list().stream()
                .filter(view -> view.id().equals(extension))
                .findFirst()
                .orElseThrow(() -> problem(404, "No such extension", "No extension is called " + extension));
    }

    /** Reloads every plugin and lists what runs then. */
    @POST
    @Path("/reload")
    public List<ExtensionView> reload() {
        plugins.reloadAll();
        audit.done("Reloaded every plugin");
        return list();
    }

    /** Reloads one plugin and lists what runs then; 404 when there is no such plugin. */
    @POST
    @Path("/{plugin}/reload")
    public List<ExtensionView> reload(@PathParam("plugin") String plugin) {
        if (!plugins.reload(plugin)) {
            throw problem(404, "No such plugin", "No plugin is called " + plugin);
        }
        audit.done("Reloaded " + plugin);
        return list();
    }

    /**
     * Returns what a generator makes, with what depends on what all others made, as {@code ./binnacle generate} writes it. 404 when there is
     * none with this id, 422 when one of them has no answer.
     *
     * @param body a {@link GenerateRequest}, or nothing at all
     */
    @POST
    @Path("/{generator}/generate")
    @Consumes(MediaType.WILDCARD)
    public GenerateResponse generate(@PathParam("generator") String id, @Nullable String body) throws JacksonException {
        var generators = plugins.generators();
        if (!generators.containsKey(id)) {
            throw noGenerator(id, generators.keySet());
        }
        try {
            return new GenerateResponse(
                    Generation.of(generators, manifests(body)).filesOf(List.of(id)));
        } catch (GenerationException e) {
            throw problem(422, "Nothing generated", String.valueOf(e.getMessage()));
        }
    }

    private static ProblemException noGenerator(String id, Set<String> generators) {
        String running = generators.isEmpty() ? "none" : String.join(", ", generators);
        return problem(404, "No such generator", "No generator called " + id + " runs. Running: " + running);
    }

    private List<SourceFile> manifests(@Nullable String body) throws JacksonException {
        if (body == null || body.isBlank()) {
            return plugins.manifests();
        }
        var files = json.readValue(body, GenerateRequest.class).files();
        return files == null ? plugins.manifests() : files;
    }

    private static ProblemException problem(int status, String title, String detail) {
        return new ProblemException(Problem.ofStatus(status, title, detail));
    }
}
