package dev.binnacle.app.insight;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.binnacle.insight.alert.Alert;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An alert in the API.
 *
 * @param state firing, silenced or inhibited
 * @param node whom it is about, by its id in the topology
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record AlertView(
        String fingerprint,
        String name,
        String severity,
        String state,
        Instant since,
        String summary,
        String description,
        Optional<String> runbook,
        Map<String, String> labels,
        Optional<String> node) {
    /** All of them, what matters most first. */
    public record Listing(boolean complete, List<String> gaps, List<AlertView> alerts) {
        static Listing of(Alerts.Found found) {
            return new Listing(
                    found.known(),
                    found.gaps(),
                    found.alerts().stream().map(AlertView::of).toList());
        }
    }

    static AlertView of(Alert alert) {
        return new AlertView(
                alert.fingerprint(),
                alert.name(),
                alert.severity(),
                TopologyView.word(alert.state()),
                alert.since(),
                alert.summary(),
                alert.description(),
                alert.runbook(),
                alert.labels(),
                alert.node());
    }
}
