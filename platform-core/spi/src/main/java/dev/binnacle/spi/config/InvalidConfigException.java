package dev.binnacle.spi.config;

import java.util.List;
import java.util.stream.Collectors;

/** An extension's settings are wrong; holds every problem at once. */
public final class InvalidConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<ConfigProblem> problems;

    public InvalidConfigException(List<ConfigProblem> problems) {
        super(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /** Returns the problems in the order of the keys. */
    public List<ConfigProblem> problems() {
        return problems;
    }
}
