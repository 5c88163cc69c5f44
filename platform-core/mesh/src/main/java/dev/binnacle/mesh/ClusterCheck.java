package dev.binnacle.mesh;

import dev.binnacle.mesh.compile.Checks;
import dev.binnacle.mesh.diagnostic.Compiled;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.manifest.ManifestReader;
import dev.binnacle.mesh.manifest.Manifests;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks at the resources of a cluster, in which istiod configures the proxies. What is true of one machine only is left out:
 * a field that this platform does not translate takes effect there. Secrets are not read, so nothing is said of credentials.
 *
 * <p>Pure, as {@link Translation} is. What proxies are told is not computed.
 */
public final class ClusterCheck {
    /** What would be wrong on one machine, or is checked by the API server, or is known only to who reads Secrets. */
    private static final Set<String> NOT_IN_A_CLUSTER = EnumSet.of(
                    DiagnosticCode.UNKNOWN_KIND,
                    DiagnosticCode.DEFINED_TWICE,
                    DiagnosticCode.FIELD_REJECTED,
                    DiagnosticCode.FIELD_IGNORED,
                    DiagnosticCode.KIND_REJECTED,
                    DiagnosticCode.CLASH,
                    DiagnosticCode.GATEWAY_PORT_CLOSED,
                    DiagnosticCode.CREDENTIAL_MISSING,
                    DiagnosticCode.CREDENTIAL_UNUSABLE,
                    DiagnosticCode.LISTENER_TLS,
                    DiagnosticCode.UNKNOWN_TARGET_PORT,
                    DiagnosticCode.EXTRA_CONTAINER,
                    DiagnosticCode.UNKNOWN_SERVICE_ACCOUNT,
                    DiagnosticCode.TOO_MANY,
                    DiagnosticCode.UNSUPPORTED_SERVICE,
                    DiagnosticCode.LOW_PORT,
                    DiagnosticCode.NO_KEYS,
                    DiagnosticCode.HOST_WITHOUT_ADDRESS,
                    DiagnosticCode.NOTHING_STANDS_IN,
                    DiagnosticCode.METRIC_NOT_MEASURED,
                    DiagnosticCode.GATEWAY_CLASS,
                    DiagnosticCode.GATEWAY_ADDRESS,
                    DiagnosticCode.GATEWAY_NOT_DEPLOYED)
            .stream()
            .map(DiagnosticCode::id)
            .collect(Collectors.toUnmodifiableSet());

    private ClusterCheck() {}

    /**
     * Returns the valid resources, and all that is wrong, each by itself and together.
     *
     * @param objects one object in each, under the name that diagnostics are to have in the place of a file; lines mean nothing
     */
    public static Compiled<Manifests> of(List<ManifestFile> objects) {
        var read = ManifestReader.readCluster(objects, manifests -> Checks.run(manifests, Translation.plan(manifests)));
        var diagnostics = read.diagnostics().stream()
                .filter(diagnostic -> !NOT_IN_A_CLUSTER.contains(diagnostic.code()))
                .filter(diagnostic -> !isWithoutSelector(diagnostic))
                .map(ClusterCheck::withoutLine)
                .distinct()
                .toList();
        return new Compiled<>(read.value(), diagnostics);
    }

    /** In a cluster somebody else may write the addresses of such a Service. */
    private static boolean isWithoutSelector(Diagnostic diagnostic) {
        return diagnostic.code().equals(DiagnosticCode.SERVICE_WITHOUT_WORKLOAD.id())
                && diagnostic.path().equals("spec");
    }

    private static Diagnostic withoutLine(Diagnostic written) {
        return new Diagnostic(
                written.code(),
                written.severity(),
                written.message(),
                written.fix(),
                written.file(),
                0,
                written.resource(),
                written.path());
    }
}
