package dev.binnacle.mesh.yaml;

import dev.binnacle.mesh.diagnostic.Compiled;
import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.Origin;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.representer.Representer;

/**
 * Reads a manifest file into documents. It never throws for what the file holds: a document that cannot be read is
 * reported and left out, the others stay.
 */
public final class YamlParser {
    /** The most characters in one file. */
    public static final int MAX_CHARACTERS = 2_000_000;

    /** The deepest nesting of mappings and lists. */
    public static final int MAX_DEPTH = 60;

    /** The most aliases of mappings and lists in one document. */
    public static final int MAX_ALIASES = 50;

    private YamlParser() {}

    /** Returns the documents of a file that hold something. */
    public static Compiled<List<YamlNode>> parse(String file, String text) {
        var problems = new Problems();
        var documents = new ArrayList<YamlNode>();
        if (text.length() > MAX_CHARACTERS) {
            problems.add(
                    DiagnosticCode.LIMIT,
                    at(file, 0),
                    "the file has " + text.length() + " characters, the limit is " + MAX_CHARACTERS,
                    "Split it into several files");
            return new Compiled<>(documents, problems.sorted());
        }
        for (var part : DocumentSplitter.split(text)) {
            parsePart(file, part, documents, problems);
        }
        return new Compiled<>(List.copyOf(documents), problems.sorted());
    }

    private static void parsePart(String file, DocumentSplitter.Part part, List<YamlNode> into, Problems problems) {
        try {
            for (var node : yaml().composeAll(new StringReader(part.text()))) {
                var document = new NodeConverter(file, part.linesBefore(), problems).convert(node);
                document.filter(d -> !d.isNull()).ifPresent(into::add);
            }
        } catch (MarkedYAMLException e) {
            reportMarked(file, part, e, problems);
        } catch (ReaderException e) {
            reportCharacter(file, part, e, problems);
        } catch (YAMLException e) {
            problems.add(
                    DiagnosticCode.LIMIT,
                    at(file, part.linesBefore() + 1),
                    "the document begun here is nested more than " + MAX_DEPTH + " deep, or has more than "
                            + MAX_ALIASES + " aliases of mappings and lists",
                    "Write it flatter, and the values out");
        } catch (RuntimeException e) {
            // The parser has thrown other exceptions for odd input before; a manifest must never stop the platform.
            problems.add(
                    DiagnosticCode.YAML_SYNTAX,
                    at(file, part.linesBefore() + 1),
                    "not readable as YAML: " + e,
                    "Correct the document");
        }
    }

    private static void reportCharacter(String file, DocumentSplitter.Part part, ReaderException e, Problems problems) {
        int line = (int) part.text()
                .codePoints()
                .limit(e.getPosition())
                .filter(c -> c == '\n')
                .count();
        problems.add(
                DiagnosticCode.YAML_SYNTAX,
                at(file, part.linesBefore() + line + 1),
                "a character that YAML does not allow: " + String.format(Locale.ROOT, "U+%04X", e.getCodePoint()),
                "Remove it, or write it as an escape in double quotes; the whole document takes no effect until then");
    }

    private static void reportMarked(
            String file, DocumentSplitter.Part part, MarkedYAMLException e, Problems problems) {
        var mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
        int line = mark == null ? 1 : mark.getLine() + 1;
        String column = mark == null ? "" : " (column " + (mark.getColumn() + 1) + ")";
        String context = context(part, e, line);
        problems.add(
                DiagnosticCode.YAML_SYNTAX,
                at(file, part.linesBefore() + line),
                "not valid YAML" + column + ": " + context + oneLine(e.getProblem()),
                "Correct the syntax; the whole document takes no effect until then");
    }

    /** An unclosed bracket is found at the end of the document: what matters then is where it was opened. */
    private static String context(DocumentSplitter.Part part, MarkedYAMLException e, int problemLine) {
        if (e.getContext() == null) {
            return "";
        }
        var mark = e.getContextMark();
        String where = mark == null || mark.getLine() + 1 == problemLine
                ? ""
                : " that begins on line " + (part.linesBefore() + mark.getLine() + 1);
        return oneLine(e.getContext()) + where + ": ";
    }

    private static Yaml yaml() {
        var options = new LoaderOptions();
        options.setCodePointLimit(MAX_CHARACTERS);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setMaxAliasesForCollections(MAX_ALIASES);
        var dumper = new DumperOptions();
        return new Yaml(new SafeConstructor(options), new Representer(dumper), dumper, options);
    }

    private static String oneLine(@Nullable String message) {
        return message == null ? "" : message.strip().replaceAll("\\s+", " ");
    }

    private static Place at(String file, int line) {
        return new Place(null, new Origin(file, line), "");
    }
}
