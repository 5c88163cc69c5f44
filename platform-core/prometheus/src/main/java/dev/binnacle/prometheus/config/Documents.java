package dev.binnacle.prometheus.config;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;

/** A YAML file's documents as sections, which know the lines of their values. */
public final class Documents {
    private static final int LARGEST = 10_000_000;

    private Documents() {}

    /** Returns the documents that are mappings; what is no YAML, and what is another thing, is a problem. */
    public static List<Section> read(String text, Problems problems) {
        var sections = new ArrayList<Section>();
        for (Node document : compose(text, problems)) {
            if (document instanceof MappingNode) {
                sections.add(new Section("", document, document, problems));
            } else if (!document.getTag().equals(Tag.NULL)) {
                problems.add(document, "", "has to be a mapping");
            }
        }
        return sections;
    }

    /** Returns the documents; none when the text is no YAML. */
    static List<Node> compose(String text, Problems problems) {
        var options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        options.setAllowDuplicateKeys(false);
        var documents = new ArrayList<Node>();
        try {
            new Yaml(new SafeConstructor(options))
                    .composeAll(new StringReader(text))
                    .forEach(documents::add);
            return documents;
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            problems.add(mark == null ? 0 : mark.getLine() + 1, "not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            problems.add(0, "not YAML: " + e.getMessage());
        }
        return List.of();
    }
}
