package dev.binnacle.app.insight;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.binnacle.insight.overview.Concern;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The state of everything in the API.
 *
 * @param counts services by health
 * @param attention what needs it, worst first
 * @param budgets the five objectives that do worst
 * @param alerts how many fire; null when it is not known
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record OverviewView(
        Instant at,
        String window,
        boolean complete,
        List<String> gaps,
        Map<String, Integer> counts,
        List<ConcernView> attention,
        List<SloView> budgets,
        OptionalInt alerts,
        Diagnostics diagnostics,
        Proxies proxies,
        Plugins plugins) {
    /**
     * Something that needs attention.
     *
     * @param severity failing, degraded or unknown
     * @param node whom it is about, by its id in the topology
     * @param page where to look: service, topology, slos, configuration or plugins
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record ConcernView(
            String severity, String title, String reason, Optional<String> node, String page, Optional<Instant> since) {
        static ConcernView of(Concern concern) {
            return new ConcernView(
                    TopologyView.word(concern.severity()),
                    concern.title(),
                    concern.reason(),
                    concern.node(),
                    TopologyView.word(concern.page()),
                    concern.since());
        }
    }

    /** How much there is to say about the manifests. */
    public record Diagnostics(int errors, int warnings) {}

    /** @param synced how many have acknowledged everything they should have */
    public record Proxies(int all, int synced) {}

    /** @param ok how many extensions run, and their last call succeeded */
    public record Plugins(int all, int ok) {}
}
