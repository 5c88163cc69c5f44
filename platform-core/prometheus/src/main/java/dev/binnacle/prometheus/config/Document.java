package dev.binnacle.prometheus.config;

import java.util.List;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;

/** The one YAML document of a file. */
final class Document {
    private Document() {}

    /**
     * Returns the document's mapping; an empty one for an empty file.
     *
     * @throws InvalidFileException when the text is not one YAML document
     */
    static Section read(String file, String text, Problems problems) throws InvalidFileException {
        var documents = Documents.compose(text, problems);
        if (documents.size() > 1) {
            problems.add(documents.get(1), "", "a second document; there is one in " + file);
        }
        problems.throwIfAny();
        Node root = documents.isEmpty()
                ? new MappingNode(Tag.MAP, List.of(), DumperOptions.FlowStyle.BLOCK)
                : documents.getFirst();
        return new Section("", root, root, problems);
    }
}
