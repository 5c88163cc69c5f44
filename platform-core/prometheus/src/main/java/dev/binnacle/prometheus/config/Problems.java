package dev.binnacle.prometheus.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;

/** Gathers what is wrong in one file. */
public final class Problems {
    private final String file;
    private final List<FileProblem> problems = new ArrayList<>();

    /** Makes a list that is empty. */
    public Problems(String file) {
        this.file = file;
    }

    void add(Node at, String path, String message) {
        problems.add(new FileProblem(file, at.getStartMark().getLine() + 1, path, message));
    }

    void add(int line, String message) {
        problems.add(new FileProblem(file, line, "", message));
    }

    /** Returns them in the order of the file. */
    public List<FileProblem> sorted() {
        return problems.stream()
                .sorted(Comparator.comparingInt(FileProblem::line))
                .toList();
    }

    void throwIfAny() throws InvalidFileException {
        if (!problems.isEmpty()) {
            problems.sort(Comparator.comparingInt(FileProblem::line));
            throw new InvalidFileException(problems);
        }
    }
}
