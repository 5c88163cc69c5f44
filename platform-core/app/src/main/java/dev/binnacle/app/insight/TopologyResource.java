package dev.binnacle.app.insight;

import dev.binnacle.app.api.Problem;
import dev.binnacle.app.api.ProblemException;
import dev.binnacle.prometheus.config.Durations;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Who talks to whom. */
@Path("/api/v1/topology")
@Tag(name = "insight")
public class TopologyResource {
    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofDays(7);

    /** Clocks of two machines may differ by this. */
    private static final Duration TOLERANCE = Duration.ofMinutes(1);

    private final Topologies topologies;

    TopologyResource(Topologies topologies) {
        this.topologies = topologies;
    }

    @GET
    @Operation(
            summary = "Services, workloads, versions, gateways and external hosts, and the traffic between them",
            description =
                    "Made of Istio's standard metrics by a fixed number of queries, and of the manifests. What is not "
                            + "known is null; `gaps` says why. Numbers are per second, shares from 0 to 1.")
    public TopologyView topology(
            @Parameter(description = "How far back it looks: 30s, 5m, 1h; five seconds to seven days")
                    @QueryParam("window")
                    @DefaultValue("5m")
                    String window,
            @Parameter(description = "When the window ends, 2026-01-31T12:00:00Z; now when missing")
                    @QueryParam("at")
                    @Nullable
                    String at) {
        return TopologyView.of(
                topologies.of(window(window), Optional.ofNullable(at).map(TopologyResource::time)), window);
    }

    private static Duration window(String text) {
        try {
            var window = Durations.parse(text);
            if (window.compareTo(SHORTEST) >= 0 && window.compareTo(LONGEST) <= 0) {
                return window;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw badRequest("window is a duration from 5s to 7d, 5m or 1h30m for example");
    }

    private static Instant time(String text) {
        try {
            var time = Instant.parse(text);
            if (time.isBefore(Instant.EPOCH)) {
                throw badRequest("at is a time since 1970");
            }
            if (time.isBefore(Instant.now().plus(TOLERANCE))) {
                return time;
            }
        } catch (DateTimeException e) {
            throw badRequest("at is a time such as 2026-01-31T12:00:00Z");
        }
        throw badRequest("at is in the future: nothing has been measured there");
    }

    private static ProblemException badRequest(String detail) {
        return new ProblemException(Problem.ofStatus(400, "Bad Request", detail));
    }
}
