package dev.binnacle.app.audit;

import dev.binnacle.app.mesh.MeshListener;
import dev.binnacle.app.mesh.MeshState;
import dev.binnacle.app.mesh.Touched;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Writes down what others do to the manifest folders. */
@Singleton
public class ManifestAudit implements MeshListener {
    private final AuditTrail trail;
    private @Nullable MeshState before;

    ManifestAudit(AuditTrail trail) {
        this.trail = trail;
    }

    /** One state after the other: the controller calls it under its lock. */
    @Override
    public void accept(MeshState next) {
        var last = before;
        before = next;
        if (last != null) {
            var touched = Touched.between(last, next);
            if (!touched.isEmpty()) {
                trail.manifests(touched);
            }
        }
    }
}
