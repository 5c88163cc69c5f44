package dev.binnacle.kubernetes.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The definitions of Istio's, Gateway API's and prometheus-operator's resources, from the Go modules that publish them. */
final class CustomResources {
    private static final String MODULE = "crds";

    /** What of prometheus-operator is configuration; the others describe servers, in some 700 KB each. */
    private static final List<String> MONITORING = List.of("podmonitors", "servicemonitors", "prometheusrules");

    private CustomResources() {}

    static List<Path> files(Programs programs) throws IOException, InterruptedException {
        var files = new ArrayList<Path>();
        files.add(programs.source(MODULE, "istio.io/api").resolve("kubernetes/customresourcedefinitions.gen.yaml"));
        files.addAll(gatewayApi(programs.source(MODULE, "sigs.k8s.io/gateway-api")));
        Path operator = programs.source(MODULE, "github.com/prometheus-operator/prometheus-operator")
                .resolve("example/prometheus-operator-crd");
        for (String kind : MONITORING) {
            files.add(operator.resolve("monitoring.coreos.com_" + kind + ".yaml"));
        }
        return files;
    }

    private static List<Path> gatewayApi(Path source) throws IOException {
        try (var found = Files.list(source.resolve("config/crd/standard"))) {
            return found.filter(file -> file.getFileName().toString().startsWith("gateway.networking.k8s.io_"))
                    .filter(file -> !file.toString().contains("_vap_"))
                    .sorted()
                    .toList();
        }
    }
}
