package dev.binnacle.app.traces;

import dev.binnacle.app.api.Problem;
import dev.binnacle.app.api.ProblemException;
import dev.binnacle.pipeline.trace.TraceQuery;
import dev.binnacle.spi.model.SpanContext;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The last traces in the API. */
@Path("/api/v1/traces")
@Tag(name = "traces")
public class TracesResource {
    private static final int MOST = 1_000;
    private static final Pattern DURATION = Pattern.compile("(\\d{1,7}(?:\\.\\d{1,6})?)(ms|s)");

    private final Traces traces;

    TracesResource(Traces traces) {
        this.traces = traces;
    }

    /** Traces that were asked for. */
    public record Found(List<TraceView.Summary> traces) {}

    @GET
    @Operation(summary = "The last traces that were received, those that began last first")
    public Found find(
            @Parameter(description = "One that takes part in them, by its service.name")
                    @QueryParam("service")
                    @Nullable
                    String service,
            @Parameter(description = "How long they took at least: 250ms, 1.5s") @QueryParam("minDuration") @Nullable
                    String minDuration,
            @Parameter(description = "error: something in them failed; ok: nothing did") @QueryParam("status") @Nullable
                    String status,
            @Parameter(description = "The most of them, 1 to 1000") @QueryParam("limit") @DefaultValue("20")
                    String limit) {
        var query = new TraceQuery(
                Optional.ofNullable(service),
                Optional.ofNullable(minDuration).map(TracesResource::duration),
                Optional.ofNullable(status).map(TracesResource::failed),
                limit(limit));
        return new Found(
                traces.store().find(query).stream().map(TraceView.Summary::of).toList());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One trace with its spans as a tree")
    public TraceView trace(
            @Parameter(description = "As in the header traceparent: 32 hexadecimal digits in lower case")
                    @PathParam("id")
                    String id) {
        if (!SpanContext.isTraceId(id)) {
            throw badRequest("A trace's id is 32 hexadecimal digits in lower case, not all zero");
        }
        return traces.store()
                .trace(id)
                .map(TraceView::of)
                .orElseThrow(() -> new ProblemException(Problem.ofStatus(
                        404,
                        "Not Found",
                        "Trace " + id
                                + " is not here: it was not sampled, has not come yet, or has made room for others")));
    }

    private static Duration duration(String text) {
        var match = DURATION.matcher(text);
        if (!match.matches()) {
            throw badRequest("minDuration is a number with its unit, 250ms or 1.5s for example");
        }
        double seconds = Double.parseDouble(match.group(1)) / (match.group(2).equals("s") ? 1 : 1e3);
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    private static boolean failed(String text) {
        return switch (text) {
            case "error" -> true;
            case "ok" -> false;
            default -> throw badRequest("status is error or ok");
        };
    }

    private static int limit(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw badRequest("limit is a number from 1 to " + MOST);
    }

    private static ProblemException badRequest(String detail) {
        return new ProblemException(Problem.ofStatus(400, "Bad Request", detail));
    }
}
