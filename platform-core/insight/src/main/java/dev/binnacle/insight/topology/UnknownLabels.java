package dev.binnacle.insight.topology;

import dev.binnacle.insight.topology.Services.Unknown;
import dev.binnacle.prometheus.istio.IstioLabels;
import java.util.List;
import java.util.stream.Stream;

/** Which labels of the requests for one host say nothing, and why that is so. */
final class UnknownLabels {
    private double all;
    private double withoutCaller;
    private double withoutWorkload;
    private double withoutVersion;
    private double withoutServerSide;

    /** @param witnessed whether the server's side counted, too */
    void add(EdgeKey edge, Tally tally, boolean witnessed) {
        boolean reached =
                edge.target().kind() == NodeKind.WORKLOAD || edge.target().kind() == NodeKind.GATEWAY;
        all += tally.requests();
        withoutCaller += edge.source().equals(Place.UNKNOWN) ? tally.requests() : 0;
        withoutWorkload += reached ? 0 : tally.requests();
        withoutVersion += reached && edge.target().version().isEmpty() ? tally.requests() : 0;
        withoutServerSide += reached && !witnessed ? tally.requests() : 0;
    }

    /** @param external whether the host is outside of the mesh */
    List<Unknown> said(boolean external) {
        return Stream.of(
                        said(
                                IstioLabels.SOURCE_WORKLOAD,
                                withoutCaller,
                                "the caller has no proxy that says who it is: it is outside of the mesh, or a pod without a"
                                        + " sidecar, or does not use mutual TLS"),
                        said(
                                IstioLabels.WORKLOAD,
                                withoutWorkload,
                                external
                                        ? "the host is outside of the mesh, where no proxy says who answered"
                                        : "the requests reached none of its workloads, the response flags of the edge say"
                                                + " why, or what answered has no proxy"),
                        said(
                                IstioLabels.VERSION,
                                withoutVersion,
                                "the pods have no label version; give the Deployment's template one"),
                        said(
                                IstioLabels.SECURITY,
                                withoutServerSide,
                                "only the server's proxy knows it, and none counted these requests"))
                .flatMap(List::stream)
                .toList();
    }

    private List<Unknown> said(String label, double count, String reason) {
        return count > 0 ? List.of(new Unknown(label, count / all, reason)) : List.of();
    }
}
