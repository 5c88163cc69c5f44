package dev.binnacle.mesh.compile.telemetry;

import dev.binnacle.mesh.ir.Telemetry.AccessLog;
import dev.binnacle.mesh.istio.telemetry.MeshTelemetry;
import dev.binnacle.mesh.istio.telemetry.Provider;
import dev.binnacle.mesh.istio.telemetry.Side;
import dev.binnacle.mesh.istio.telemetry.Telemetry.Logging;
import dev.binnacle.mesh.schema.Section.Placed;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What several resources together say about access logs, as Istio's {@code mergeLogs}. */
final class LoggingMerge {
    /** What is said of one provider. */
    private record Verdict(boolean disabled, Optional<String> filter) {
        private static final Verdict PLAIN = new Verdict(false, Optional.empty());
    }

    private final List<List<Logging>> levels;
    private final Side side;
    private final MeshTelemetry mesh;

    private LoggingMerge(List<List<Logging>> levels, Side side, MeshTelemetry mesh) {
        this.levels = levels;
        this.side = side;
        this.mesh = mesh;
    }

    /**
     * Returns the access logs of one side.
     *
     * @param levels what each resource says that says anything, the widest first
     */
    static List<AccessLog> of(List<List<Logging>> levels, Side side, MeshTelemetry mesh) {
        return new LoggingMerge(levels, side, mesh).logs();
    }

    private List<AccessLog> logs() {
        var verdicts = verdicts();
        verdicts.keySet().removeIf(name -> log(name).isEmpty());
        if (verdicts.isEmpty()) {
            return mesh.everyLog().map(log -> accessLog(log, Optional.empty())).stream()
                    .toList();
        }
        return verdicts.entrySet().stream()
                .filter(entry -> !entry.getValue().disabled())
                .flatMap(entry -> log(entry.getKey())
                        .map(log -> accessLog(log, entry.getValue().filter()))
                        .stream())
                .toList();
    }

    private static AccessLog accessLog(Provider.FileLog log, Optional<String> filter) {
        return new AccessLog(log.format(), log.omitsEmpty(), filter);
    }

    private Optional<Provider.FileLog> log(String name) {
        return mesh.provider(name)
                .flatMap(provider -> provider instanceof Provider.FileLog log ? Optional.of(log) : Optional.empty());
    }

    private Map<String, Verdict> verdicts() {
        var result = new TreeMap<String, Verdict>();
        if (levels.isEmpty()) {
            names(mesh.accessLogging()).forEach(name -> result.put(name, Verdict.PLAIN));
            return result;
        }
        var filters = filters();
        var inScope = inScope();
        var current = names(mesh.accessLogging()).toList();
        for (var logging : levels.stream().flatMap(List::stream).toList()) {
            current = logging.providers().isEmpty()
                    ? current
                    : names(logging.providers()).toList();
            if (logging.sides().contains(side)) {
                current.stream()
                        .filter(inScope::contains)
                        .forEach(name -> result.put(
                                name,
                                logging.disabled()
                                        ? new Verdict(true, Optional.empty())
                                        : new Verdict(false, filters.getOrDefault(name, Optional.empty()))));
            }
        }
        return result;
    }

    /** A filter is for the providers that are named beside it; the last one counts. */
    private Map<String, Optional<String>> filters() {
        var result = new HashMap<String, Optional<String>>();
        levels.stream()
                .flatMap(List::stream)
                .filter(logging -> logging.sides().contains(side))
                .forEach(logging -> names(logging.providers()).forEach(name -> result.put(name, logging.filter())));
        return result;
    }

    /** Providers count that the narrowest resource names which names any. */
    private Set<String> inScope() {
        var result = new HashSet<String>();
        names(mesh.accessLogging()).forEach(result::add);
        for (var level : levels) {
            var named = level.stream()
                    .filter(logging -> logging.sides().contains(side))
                    .flatMap(logging -> names(logging.providers()))
                    .toList();
            if (!named.isEmpty()) {
                result.clear();
                result.addAll(named);
            }
        }
        return result;
    }

    private static Stream<String> names(List<Placed> providers) {
        return providers.stream().map(Placed::text);
    }
}
