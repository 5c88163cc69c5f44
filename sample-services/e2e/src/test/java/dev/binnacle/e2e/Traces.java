package dev.binnacle.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The traces that the platform keeps. */
final class Traces {
    private final Traffic traffic = new Traffic();
    private final String url;

    Traces(RunningMesh.Instance mesh) {
        url = mesh.app() + "/api/v1/traces";
    }

    /** Returns how many began in this time. */
    long between(Instant begin, Instant end) {
        return StreamSupport.stream(json("?limit=1000").get("traces").spliterator(), false)
                .map(trace -> Instant.parse(trace.get("start").asText()))
                .filter(start -> start.isAfter(begin) && start.isBefore(end))
                .count();
    }

    JsonNode get(String id) {
        return json("/" + id);
    }

    private JsonNode json(String query) {
        return Binnacle.json(traffic.get(url + query).body());
    }

    /** Returns a line for each span, what caused it above it: who reports it, and on which side of a request it is. */
    static String drawn(JsonNode trace) {
        var lines = new ArrayList<String>();
        trace.get("roots").forEach(root -> draw(root, 0, lines));
        return String.join("\n", lines) + "\n";
    }

    private static void draw(JsonNode span, int depth, List<String> lines) {
        lines.add(" ".repeat(depth) + span.get("service").asText() + " "
                + span.get("kind").asText());
        span.get("children").forEach(child -> draw(child, depth + 1, lines));
    }

    static Stream<JsonNode> spans(JsonNode trace) {
        return StreamSupport.stream(trace.path("roots").spliterator(), false).flatMap(Traces::withChildren);
    }

    private static Stream<JsonNode> withChildren(JsonNode span) {
        return Stream.concat(
                Stream.of(span),
                StreamSupport.stream(span.get("children").spliterator(), false).flatMap(Traces::withChildren));
    }
}
