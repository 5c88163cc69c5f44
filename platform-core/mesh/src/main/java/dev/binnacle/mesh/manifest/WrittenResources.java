package dev.binnacle.mesh.manifest;

import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.schema.Header;
import dev.binnacle.mesh.schema.Resource;
import dev.binnacle.mesh.yaml.YamlNode;
import dev.binnacle.mesh.yaml.YamlParser;
import java.util.List;
import java.util.Optional;

/** Finds what the files say of a resource, word by word. */
public final class WrittenResources {
    private WrittenResources() {}

    /** Returns the document, or the item of a List, that {@code resource} was read from; empty when no file has it. */
    public static Optional<YamlNode.Mapping> find(List<ManifestFile> files, Resource resource) {
        return files.stream()
                .filter(file -> file.name().equals(resource.origin().file()))
                .flatMap(file -> find(file, resource).stream())
                .reduce((earlier, later) -> later);
    }

    private static Optional<YamlNode.Mapping> find(ManifestFile file, Resource resource) {
        var found = new YamlNode.Mapping[1];
        var problems = new Problems();
        ResourceDocuments.read(
                file.name(), YamlParser.parse(file.name(), file.text()).value(), problems, (kind, section) -> {
                    boolean wanted = HeaderReader.read(kind.name(), section, problems)
                            .map(Header::ref)
                            .filter(resource.ref()::equals)
                            .isPresent();
                    if (wanted) {
                        found[0] = section.node();
                    }
                });
        return Optional.ofNullable(found[0]);
    }
}
