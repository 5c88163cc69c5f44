package dev.binnacle.prometheus.config;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;

/** The one YAML document of a file. */
final class Document {
    private static final int LARGEST = 10_000_000;

    private Document() {}

    /**
     * Returns the document's mapping; an empty one for an empty file.
     *
     * @throws InvalidFileException when the text is not one YAML document
     */
    static Section read(String file, String text, Problems problems) throws InvalidFileException {
        Node root = compose(file, text, problems);
        problems.throwIfAny();
        if (root == null) {
            root = new MappingNode(Tag.MAP, List.of(), DumperOptions.FlowStyle.BLOCK);
        }
        return new Section("", root, root, problems);
    }

    private static @Nullable Node compose(String file, String text, Problems problems) {
        var options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        options.setAllowDuplicateKeys(false);
        try {
            var documents = new ArrayList<Node>();
            new Yaml(new SafeConstructor(options))
                    .composeAll(new StringReader(text))
                    .forEach(documents::add);
            if (documents.size() > 1) {
                problems.add(documents.get(1), "", "a second document; there is one in " + file);
            }
            return documents.isEmpty() ? null : documents.getFirst();
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            problems.add(mark == null ? 0 : mark.getLine() + 1, "not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            problems.add(0, "not YAML: " + e.getMessage());
        }
        return null;
    }
}
