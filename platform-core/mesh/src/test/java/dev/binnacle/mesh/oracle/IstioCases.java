package dev.binnacle.mesh.oracle;

import dev.binnacle.mesh.golden.GoldenCases;
import java.util.List;

/** The cases that are compared with Istio as other tests see them. */
public final class IstioCases {
    private IstioCases() {}

    /** Returns what the proxies of every case are told. */
    public static List<GoldenCases.Resources> resources() {
        return IstioCase.all().stream()
                .map(one -> new GoldenCases.Resources(one.toString(), one.resources()))
                .toList();
    }
}
