package dev.binnacle.prometheus.config;

import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** A YAML file's documents as sections, which know the lines of their values. */
public final class Documents {
    private static final int LARGEST = 10_000_000;
    private static final LoaderOptions OPTIONS = options();

    /** Says which texts are numbers and so on; it is only read here. */
    private static final Resolver RESOLVER = new Resolver();

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

    private static LoaderOptions options() {
        var options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        return options;
    }

    /** Returns the documents; none when the text is no YAML. */
    static List<Node> compose(String text, Problems problems) {
        var documents = new ArrayList<Node>();
        try {
            var composer = new Composer(new ParserImpl(new StreamReader(text), OPTIONS), RESOLVER, OPTIONS);
            while (composer.checkNode()) {
                documents.add(composer.getNode());
            }
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
