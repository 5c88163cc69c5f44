package dev.binnacle.app.insight;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.binnacle.insight.alert.Owners;
import dev.binnacle.insight.slo.Objective;
import dev.binnacle.insight.slo.Slo;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * An objective in the API. What is not known is null, never 0.
 *
 * @param displayName for people
 * @param labels which part of the service it is about, where each part has a budget of its own
 * @param service its name; null where nobody declares it
 * @param objective the share of good events that is wanted, 0 to 1
 * @param window over which, in days: 28d
 * @param state ok, burning, exhausted, unknown or no-traffic
 * @param budgetRemaining 0 to 1
 * @param burnRate by window: how many times faster than it may the budget burns
 * @param exhaustedIn seconds until nothing is left at the pace of the last hour
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record SloView(
        String name,
        String displayName,
        Map<String, String> labels,
        Optional<String> service,
        Optional<String> namespace,
        OptionalDouble objective,
        Optional<String> window,
        String state,
        String reason,
        OptionalDouble budgetRemaining,
        Map<String, OptionalDouble> burnRate,
        OptionalLong exhaustedIn,
        Optional<String> file,
        Optional<Integer> line) {
    /** All of them, the worst first. */
    public record Listing(boolean complete, List<String> gaps, List<SloView> slos) {}

    static SloView of(Slo slo, Owners owners) {
        var service = owners.host(slo.host()).map(id -> id.split("/", 3));
        var burnRate = new LinkedHashMap<String, OptionalDouble>();
        burnRate.put("1h", slo.burnRate1h());
        burnRate.put("6h", slo.burnRate6h());
        return new SloView(
                slo.name(),
                slo.written().map(Objective::title).orElse(slo.name()),
                slo.labels(),
                service.map(parts -> parts[2]),
                service.map(parts -> parts[1]),
                slo.objective(),
                slo.period().map(period -> period.toDays() + "d"),
                TopologyView.word(slo.state()),
                slo.reason(),
                slo.remaining(),
                burnRate,
                seconds(slo.exhaustedIn()),
                slo.written().map(Objective::file),
                slo.written().map(Objective::line));
    }

    private static OptionalLong seconds(Optional<Duration> duration) {
        return duration.map(Duration::toSeconds).map(OptionalLong::of).orElse(OptionalLong.empty());
    }
}
