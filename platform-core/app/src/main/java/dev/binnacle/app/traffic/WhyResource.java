package dev.binnacle.app.traffic;

import com.google.re2j.Pattern;
import dev.binnacle.app.api.Problem;
import dev.binnacle.app.api.ProblemException;
import dev.binnacle.app.config.Mode;
import dev.binnacle.app.mesh.MeshRuntime;
import dev.binnacle.app.mesh.MeshState;
import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.diagnostic.Severity;
import dev.binnacle.mesh.explain.Explanation;
import dev.binnacle.mesh.explain.Why;
import dev.binnacle.mesh.explain.WhyJson;
import dev.binnacle.mesh.explain.WhyRequest;
import dev.binnacle.mesh.manifest.ManifestFile;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Why a request goes where it goes, in the mesh as it is or as a draft would make it. */
@Path("/api/v1/why")
@Tag(name = "traffic")
public class WhyResource {
    private static final Pattern METHOD = Pattern.compile("[-!#$%&'*+.^_`|~0-9A-Za-z]{1,40}");

    private final MeshRuntime mesh;

    WhyResource(MeshRuntime mesh) {
        this.mesh = mesh;
    }

    /**
     * A request that might be sent.
     *
     * @param from a pod, a workload or an app label
     * @param to a host as the client names it, or a URL
     * @param files resources to apply before, as {@code POST /api/v1/apply} takes them; the mesh stays as it is
     */
    public record Question(
            @Nullable String from,
            @Nullable String to,
            @Nullable Integer port,
            @Nullable String path,
            @Nullable String method,
            @Nullable Map<String, @Nullable String> headers,
            @Nullable List<@Nullable GivenFile> files) {}

    /** One manifest file. */
    public record GivenFile(@Nullable String name, @Nullable String text) {}

    @POST
    @RunOnVirtualThread
    @Produces(MediaType.APPLICATION_JSON)
    @APIResponse(responseCode = "200", description = "What decides the request, as ./binnacle why -o json prints it")
    @APIResponse(responseCode = "404", description = "The question is about something that does not exist")
    @APIResponse(responseCode = "422", description = "The files would be refused; see diagnostics")
    @Operation(summary = "Which rule, cluster and endpoints decide a request, without sending it")
    public String why(@Nullable Question question) {
        if (question == null || question.from() == null || question.to() == null) {
            throw badRequest("send {\"from\":\"…\",\"to\":\"…\"}");
        }
        var request = request(question, question.from(), question.to());
        var explanation = explain(question.files() == null ? now() : with(question.files()), request);
        return switch (explanation) {
            case Explanation.Unanswered(String message, String fix) ->
                throw new ProblemException(
                        Problem.of("unanswered", "Nothing to explain", 404, message + ". " + fix, Map.of("fix", fix)));
            case Explanation.Answer answer -> WhyJson.write(answer);
        };
    }

    private MeshState now() {
        return mesh.controller().state();
    }

    private MeshState with(List<@Nullable GivenFile> files) {
        if (mesh.mode() == Mode.KUBERNETES) {
            throw badRequest("in a cluster nothing is applied here, so no files can be tried");
        }
        var preview =
                mesh.changes().preview(files.stream().map(WhyResource::file).toList());
        if (preview.diagnostics().stream().anyMatch(d -> d.severity() == Severity.ERROR)) {
            throw new ProblemException(Problem.of(
                    "invalid",
                    "Invalid resources",
                    422,
                    "the files would be refused",
                    Map.of("diagnostics", preview.diagnostics())));
        }
        return preview.state();
    }

    private Explanation explain(MeshState state, WhyRequest request) {
        var topology = state.topology();
        return topology.isPresent()
                ? Why.explain(
                        state.manifests(), topology.get(), state.translated().mesh(), request)
                : Why.explain(state.manifests(), Translation.plan(state.manifests()), request);
    }

    private static ManifestFile file(@Nullable GivenFile file) {
        if (file == null || file.name() == null || file.text() == null) {
            throw badRequest("every file needs a name and a text");
        }
        return new ManifestFile(file.name(), file.text());
    }

    private static WhyRequest request(Question question, String from, String to) {
        var port = question.port();
        if (port != null && (port < 1 || port > 65535)) {
            throw badRequest("port " + port + " is not a port: ports are 1 to 65535");
        }
        String method = Objects.requireNonNullElse(question.method(), "GET");
        if (!METHOD.matches(method)) {
            throw badRequest("\"" + method + "\" is not a method");
        }
        String path = Objects.requireNonNullElse(question.path(), pathOf(to));
        if (!path.startsWith("/")) {
            throw badRequest("path \"" + path + "\" does not begin with a slash");
        }
        return new WhyRequest(from, to, Optional.ofNullable(port), path, method, headers(question));
    }

    private static Map<String, String> headers(Question question) {
        var headers = new java.util.TreeMap<String, String>();
        if (question.headers() != null) {
            question.headers().forEach((name, value) -> {
                if (value == null) {
                    throw badRequest("header " + name + " has no value");
                }
                headers.put(name, value);
            });
        }
        return headers;
    }

    private static String pathOf(String to) {
        int scheme = to.indexOf("://");
        int slash = to.indexOf('/', scheme < 0 ? 0 : scheme + 3);
        return slash < 0 ? "/" : to.substring(slash);
    }

    private static ProblemException badRequest(String detail) {
        return new ProblemException(Problem.ofStatus(400, "Bad Request", detail));
    }
}
