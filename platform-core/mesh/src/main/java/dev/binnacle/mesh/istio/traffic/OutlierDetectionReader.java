package dev.binnacle.mesh.istio.traffic;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.OutlierDetection;
import dev.binnacle.mesh.ir.OutlierDetection.LocalOrigin;
import dev.binnacle.mesh.schema.Section;
import java.util.Optional;

/** Reads when an endpoint that fails gets no requests for a while. */
final class OutlierDetectionReader {
    private static final String LOCAL = "consecutiveLocalOriginFailures";

    private final Problems problems;

    OutlierDetectionReader(Problems problems) {
        this.problems = problems;
    }

    OutlierDetection read(Section outliers) {
        boolean split = outliers.flag("splitExternalLocalOriginErrors").orElse(false);
        var failures = PolicyReader.positive(outliers, LOCAL);
        if (!split && failures.isPresent()) {
            problems.add(
                    DiagnosticCode.BAD_VALUE,
                    outliers.placeOf(LOCAL),
                    LOCAL + " is set, and yet failures to connect are not counted apart",
                    "Set splitExternalLocalOriginErrors to true, or remove it");
        }
        return new OutlierDetection(
                outliers.number("consecutive5xxErrors"),
                outliers.number("consecutiveGatewayErrors"),
                split ? Optional.of(new LocalOrigin(failures)) : Optional.empty(),
                outliers.duration("interval"),
                outliers.duration("baseEjectionTime"),
                PolicyReader.positive(outliers, "maxEjectionPercent"),
                outliers.number("minHealthPercent").orElse(0));
    }
}
