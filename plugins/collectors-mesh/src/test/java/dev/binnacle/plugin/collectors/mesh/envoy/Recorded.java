package dev.binnacle.plugin.collectors.mesh.envoy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;

/** The pages of a real Envoy, by the path and query that the readers ask for. */
final class Recorded {
    private static final Map<String, String> FILES = Map.of(
            new ServerInfoReader().path(), "server_info.json",
            new ClustersReader("").path(), "clusters.json",
            new CertificatesReader().path(), "certs.json",
            ConfigDumpReader.LISTENERS.path(), "listeners.json",
            ConfigDumpReader.CLUSTERS.path(), "active_clusters.json",
            ConfigDumpReader.ROUTES.path(), "routes.json");

    private Recorded() {}

    static byte[] bytes(String path) throws IOException {
        String file = FILES.get(path);
        if (file == null) {
            throw new IllegalArgumentException("nothing recorded for " + path);
        }
        try (var in = Recorded.class.getResourceAsStream("/envoy-1.40/" + file)) {
            return in.readAllBytes();
        }
    }

    static JsonNode page(PageReader reader) throws IOException {
        return JsonMapper.builder().build().readTree(bytes(reader.path()));
    }
}
