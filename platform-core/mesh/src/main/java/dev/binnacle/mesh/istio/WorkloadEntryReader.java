package dev.binnacle.mesh.istio;

import static dev.binnacle.mesh.schema.FieldType.section;

import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.schema.Header;
import dev.binnacle.mesh.schema.ResourceKind;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Shape;

/** Reads WorkloadEntries. */
final class WorkloadEntryReader {
    static final ResourceKind KIND = new ResourceKind(
            "WorkloadEntry",
            IstioKinds.NETWORKING,
            Shape.named("WorkloadEntry").require("spec", section(MemberReader.SHAPE)),
            (header, document, problems) -> document.section("spec").map(spec -> read(header, spec, problems)));

    private WorkloadEntryReader() {}

    private static WorkloadEntry read(Header header, Section spec, Problems problems) {
        var member = new MemberReader(problems).read(header.ref().name(), spec, header.labels());
        return new WorkloadEntry(header.ref(), header.origin(), member);
    }
}
