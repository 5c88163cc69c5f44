package dev.binnacle.app.insight;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.binnacle.insight.alert.Alert;
import dev.binnacle.insight.alert.Owners;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@code /api/v2/alerts} answers, as Alertmanager's OpenAPI document has it. */
record AlertmanagerAnswer(
        @Nullable String fingerprint,
        @Nullable String startsAt,
        @Nullable Status status,
        @Nullable Map<String, String> labels,
        @Nullable Map<String, String> annotations) {
    private static final ObjectReader READER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build()
            .readerFor(AlertmanagerAnswer[].class);

    record Status(
            @Nullable String state,
            @Nullable List<String> silencedBy,
            @Nullable List<String> inhibitedBy) {}

    /**
     * Returns what the body says, what matters most first.
     *
     * @throws IOException when it cannot be read to its end, or is no JSON
     * @throws IllegalArgumentException when it is no list of alerts
     */
    static List<Alert> read(InputStream body, Owners owners) throws IOException {
        AlertmanagerAnswer[] answer = READER.readValue(body);
        if (answer == null) {
            throw new IllegalArgumentException("nothing");
        }
        return Stream.of(answer)
                .map(alert -> alert.read(owners))
                .sorted(Alert.WORST_FIRST)
                .toList();
    }

    private Alert read(Owners owners) {
        if (fingerprint == null || startsAt == null || labels == null) {
            throw new IllegalArgumentException("an alert has a fingerprint, a beginning and labels");
        }
        var said = annotations == null ? Map.<String, String>of() : annotations;
        try {
            return new Alert(
                    fingerprint,
                    labels.getOrDefault("alertname", ""),
                    labels.getOrDefault("severity", ""),
                    state(),
                    OffsetDateTime.parse(startsAt).toInstant(),
                    said.getOrDefault("summary", ""),
                    said.getOrDefault("description", ""),
                    Optional.ofNullable(said.get("runbook_url")),
                    labels,
                    owners.of(labels));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("an alert begins at " + startsAt, e);
        }
    }

    private Alert.State state() {
        if (status != null
                && status.silencedBy() != null
                && !status.silencedBy().isEmpty()) {
            return Alert.State.SILENCED;
        }
        return status != null
                        && status.inhibitedBy() != null
                        && !status.inhibitedBy().isEmpty()
                ? Alert.State.INHIBITED
                : Alert.State.FIRING;
    }
}
