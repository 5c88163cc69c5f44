package dev.binnacle.mesh.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/**
 * A difference from Istio that is meant to be, as listed in {@code accepted-differences.yaml}.
 *
 * @param name the case's name; {@code *} for every case
 * @param path the place, or what is above it; {@code *} stands for any one key
 * @param where what Istio says there, as {@code key: value}, for the difference to be meant; empty for anything
 */
record AcceptedDifference(String name, String path, Map<?, ?> where, String reason) {
    AcceptedDifference {
        if (reason.isBlank()) {
            throw new IllegalArgumentException(name + " " + path + " has no reason");
        }
    }

    static List<AcceptedDifference> all() {
        try {
            var text = Files.readString(IstioCase.ROOT.resolve("accepted-differences.yaml"));
            return ((List<?>) IstioCase.load(text).getOrDefault("differences", List.of()))
                    .stream()
                            .map(entry -> (Map<?, ?>) entry)
                            .map(e -> new AcceptedDifference(
                                    String.valueOf(e.get("case")),
                                    String.valueOf(e.get("path")),
                                    e.get("where") instanceof Map<?, ?> where ? where : Map.of(),
                                    String.valueOf(e.get("reason"))))
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean covers(String caseName, Difference difference) {
        var wanted = path.split(Difference.SEPARATOR, -1);
        var actual = difference.path().split(Difference.SEPARATOR, -1);
        if (!name.equals("*") && !name.equals(caseName) || wanted.length > actual.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (!wanted[i].equals("*") && !wanted[i].equals(actual[i])) {
                return false;
            }
        }
        return where.isEmpty() || holds(difference, wanted.length);
    }

    private boolean holds(Difference difference, int depth) {
        return difference.saidAt(depth) instanceof Map<?, ?> said
                && said.entrySet().containsAll(where.entrySet());
    }
}
