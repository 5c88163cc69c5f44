package dev.binnacle.mesh.manifest;

import dev.binnacle.mesh.diagnostic.Compiled;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.istio.MeshConfig;
import dev.binnacle.mesh.schema.Header;
import dev.binnacle.mesh.yaml.YamlNode;
import dev.binnacle.mesh.yaml.YamlParser;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads which resources files speak of, and nothing else of them. */
final class NameReader {
    private final Problems problems = new Problems();
    private final SortedSet<ResourceRef> names = new TreeSet<>();

    private NameReader() {}

    /** Returns the names in documents that were parsed already. */
    static List<ResourceRef> read(String file, List<YamlNode> documents) {
        var reader = new NameReader();
        reader.readAll(file, documents);
        return List.copyOf(reader.names);
    }

    static Compiled<List<ResourceRef>> read(List<ManifestFile> files) {
        var reader = new NameReader();
        for (var file : files) {
            var documents = YamlParser.parse(file.name(), file.text());
            reader.problems.addAll(documents.diagnostics());
            reader.readAll(file.name(), documents.value());
        }
        return new Compiled<>(List.copyOf(reader.names), reader.problems.sorted());
    }

    private void readAll(String file, List<YamlNode> documents) {
        ResourceDocuments.read(
                file,
                documents,
                problems,
                (kind, section) -> HeaderReader.read(kind.name(), section, problems)
                        .map(Header::ref)
                        .filter(NameReader::takesEffect)
                        .ifPresent(names::add));
    }

    /** Of all ConfigMaps one says something about the mesh. */
    private static boolean takesEffect(ResourceRef name) {
        return !name.kind().equals(MeshConfig.NAME.kind()) || name.equals(MeshConfig.NAME);
    }
}
