package dev.binnacle.prometheus.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;

/** Gathers what is wrong in one file. */
final class Problems {
    private final String file;
    private final List<FileProblem> problems = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    void add(Node at, String path, String message) {
        problems.add(new FileProblem(file, at.getStartMark().getLine() + 1, path, message));
    }

    void add(int line, String message) {
        problems.add(new FileProblem(file, line, "", message));
    }

    void throwIfAny() throws InvalidFileException {
        if (!problems.isEmpty()) {
            problems.sort(Comparator.comparingInt(FileProblem::line));
            throw new InvalidFileException(problems);
        }
    }
}
