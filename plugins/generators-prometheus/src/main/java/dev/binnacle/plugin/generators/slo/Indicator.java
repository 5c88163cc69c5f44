package dev.binnacle.plugin.generators.slo;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an objective is about, by the name that a document calls it. */
enum Indicator {
    AVAILABILITY("availability", "Requests to %s fail"),
    LATENCY("latency", "Answers of %s take longer than %s ms"),
    GRPC("grpc", "Calls of %s by gRPC fail"),
    TCP("tcp", "Connections to %s fail"),
    CLIENT_PERCEIVED("client-perceived", "Callers of %s get errors, or give up");

    private final String id;
    private final String trouble;

    Indicator(String id, String trouble) {
        this.id = id;
        this.trouble = trouble;
    }

    static Optional<Indicator> of(String id) {
        return Arrays.stream(values()).filter(each -> each.id.equals(id)).findFirst();
    }

    static String known() {
        return Arrays.stream(values()).map(Indicator::id).collect(Collectors.joining(", "));
    }

    String id() {
        return id;
    }

    /** Returns in words what happens when events are bad, with places for the service and the threshold. */
    String trouble() {
        return trouble;
    }
}
