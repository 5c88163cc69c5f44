package dev.binnacle.testkit;

import dev.binnacle.mesh.manifest.Manifests;

/** Who may be meant by a caller's name. */
final class Callers {
    private Callers() {}

    static boolean isUnknown(Manifests manifests, String name) {
        return manifests.workloads().stream().noneMatch(w -> {
            String app = w.labels().getOrDefault("app", w.name());
            return name.equals(w.name())
                    || name.equals(w.name() + "." + w.namespace())
                    || name.equals(app)
                    || name.equals(app + "." + w.namespace());
        });
    }
}
