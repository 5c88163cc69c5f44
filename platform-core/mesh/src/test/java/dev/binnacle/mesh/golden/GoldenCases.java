package dev.binnacle.mesh.golden;

import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.xds.ProxyResources;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The golden cases as other tests see them. */
public final class GoldenCases {
    private GoldenCases() {}

    /** What the proxies named by a case are told. */
    public record Resources(String name, Map<String, ProxyResources> proxies) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Returns the resources of every case that names proxies. */
    public static Stream<Resources> resources() throws IOException {
        return GoldenCase.all().filter(c -> !c.proxies().isEmpty()).map(GoldenCases::resources);
    }

    /** Returns the names of all cases. */
    public static List<String> names() throws IOException {
        return GoldenCase.all().map(GoldenCase::toString).toList();
    }

    /** Returns the manifests of one case. */
    public static List<ManifestFile> input(String name) throws IOException {
        return GoldenCase.all()
                .filter(c -> c.toString().equals(name))
                .findFirst()
                .orElseThrow()
                .input();
    }

    private static Resources resources(GoldenCase golden) {
        try {
            var chosen = new TreeMap<>(golden.resources());
            chosen.keySet().retainAll(golden.proxies());
            return new Resources(golden.toString(), chosen);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
