package dev.binnacle.app.plugins;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.binnacle.plugins.ExtensionStatus;
import dev.binnacle.spi.generate.GeneratedFile;
import dev.binnacle.spi.generate.GenerationException;
import dev.binnacle.spi.generate.SourceFile;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The plugins in the API. */
@Path("/api/v1/plugins")
public class PluginsResource {
    private final Plugins plugins;

    private final ObjectMapper json;

    PluginsResource(Plugins plugins, ObjectMapper json) {
        this.plugins = plugins;
        this.json = json;
    }

    /** One extension as the API shows it; {@code ./binnacle plugin list -o json} prints the same. */
    public record ExtensionView(
            String id, String kind, String plugin, String version, String status, String stability, String reason) {
        static ExtensionView of(ExtensionStatus status) {
            return new ExtensionView(
                    status.id(),
                    status.kind(),
                    status.plugin(),
                    status.version(),
                    status.state().text(),
                    status.stability(),
                    status.reason());
        }
    }

    /** What to generate from; no manifests unless given. */
    public record GenerateRequest(@Nullable List<SourceFile> files) {}

    /** What a generator made. */
    public record GenerateResponse(List<GeneratedFile> files) {}

    /** Lists every extension, sorted by id. */
    @GET
    public List<ExtensionView> list() {
        return plugins.statuses().stream().map(ExtensionView::of).toList();
    }

    /** Reloads every plugin and lists what runs then. */
    @POST
    @Path("/reload")
    public List<ExtensionView> reload() {
        plugins.reloadAll();
        return list();
    }

    /** Reloads one plugin and lists what runs then; 404 when there is no such plugin. */
    @POST
    @Path("/{plugin}/reload")
    public Response reload(@PathParam("plugin") String plugin) {
        return plugins.reload(plugin)
                ? Response.ok(list()).build()
                : problem(404, "no such plugin", "no plugin is called " + plugin);
    }

    /**
     * Runs a generator; 404 when there is none with this id, 422 when it has no answer.
     *
     * @param body a {@link GenerateRequest}, or nothing at all
     */
    @POST
    @Path("/{generator}/generate")
    @Consumes(MediaType.WILDCARD)
    public Response generate(@PathParam("generator") String id, @Nullable String body) {
        var generator = plugins.generator(id);
        if (generator.isEmpty()) {
            String known = plugins.generators().isEmpty() ? "none" : String.join(", ", plugins.generators());
            return problem(404, "no such generator", "no generator called " + id + " runs. Running: " + known);
        }
        try {
            var files = generator.get().generate(manifests(body));
            return Response.ok(new GenerateResponse(files)).build();
        } catch (JacksonException e) {
            return problem(400, "not a request", "the body is not JSON with \"files\": " + e.getOriginalMessage());
        } catch (GenerationException e) {
            return problem(422, "nothing generated", String.valueOf(e.getMessage()));
        }
    }

    private List<SourceFile> manifests(@Nullable String body) throws JacksonException {
        if (body == null || body.isBlank()) {
            return List.of();
        }
        var files = json.readValue(body, GenerateRequest.class).files();
        return files == null ? List.of() : files;
    }

    private static Response problem(int status, String title, String detail) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("title", title);
        document.put("status", status);
        document.put("detail", detail);
        return Response.status(status)
                .type("application/problem+json")
                .entity(document)
                .build();
    }
}
