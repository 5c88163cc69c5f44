package dev.binnacle.prometheus.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration file is wrong; holds every problem at once. */
public final class InvalidFileException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<FileProblem> problems;

    InvalidFileException(List<FileProblem> problems) {
        super(problems.stream().map(FileProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Returns the problems in the order of the file. */
    public List<FileProblem> problems() {
        return problems;
    }
}
